namespace StaticCnn.Images.Reading;

/// <summary>The words and bytes of a Netpbm file, one after the other; comments go from # to the line's end.</summary>
internal sealed class PortableMapText(byte[] file, int start)
{
    private int _next = start;

    /// <summary>Bytes that are left.</summary>
    public int Left => file.Length - _next;

    /// <summary>Leaves out bytes, as far as there are any.</summary>
    public void Skip(int count) => _next = Math.Min(file.Length, _next + count);

    /// <summary>The next bytes, which are known to be there.</summary>
    public ReadOnlySpan<byte> Take(int count) => file.AsSpan((_next += count) - count, count);

    /// <summary>The next number, at most <paramref name="largest"/>.</summary>
    /// <param name="what">What to call it in an error.</param>
    public int Number(string what, int largest)
    {
        SkipSpace();
        int first = _next;
        long value = 0;
        for (; _next < file.Length && file[_next] is >= (byte)'0' and <= (byte)'9'; _next++) value = Math.Min(value * 10 + file[_next] - '0', 1L << 40);
        if (_next == first) throw new ImageException(ImageFault.Unreadable, $"expected {what}, a number, at byte {first}{Found(first)}");
        if (value > largest) throw new ImageException(ImageFault.Unreadable, FormattableString.Invariant($"expected {what} up to {largest}; found {value}."));
        return (int)value;
    }

    /// <summary>The next bit of a bitmap as text, where no space need stand between bits.</summary>
    public int Bit()
    {
        SkipSpace();
        if (_next < file.Length && file[_next] is (byte)'0' or (byte)'1') return file[_next++] - '0';
        throw new ImageException(ImageFault.Unreadable, $"expected 0 or 1 at byte {_next}{Found(_next)}");
    }

    private void SkipSpace()
    {
        for (; _next < file.Length; _next++)
        {
            if (file[_next] == '#')
            {
                while (_next < file.Length && file[_next] is not ((byte)'\n' or (byte)'\r')) _next++;
                if (_next == file.Length) return;
            }
            if (!PortableMap.IsSpace(file[_next])) return;
        }
    }

    private string Found(int at) => at == file.Length ? "; the file ends there." : $"; found the byte {file[at]}.";
}
