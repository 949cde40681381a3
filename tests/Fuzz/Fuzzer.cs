using System.Text;

namespace StaticCnn.Fuzz;

/// <summary>
/// Feeds a reader with damaged files. What leads to an answer not seen before (an error message, figures apart) is kept and damaged
/// further, so that the inputs find their way past the first checks.
/// </summary>
internal sealed class Fuzzer
{
    /// <summary>More than any of these small inputs may make a reader allocate: the first piece of an unpacked file has 1 MB.</summary>
    private const long MostBytes = 4 << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly byte[] Interesting = [0, 1, 7, 8, 0x1F, 0x20, 0x22, 0x2D, 0x30, 0x39, 0x5B, 0x5D, 0x7B, 0x7D, 0x7F, 0x80, 0x8B, 0xFE, 0xFF];

    private readonly FuzzTarget _target;
    private readonly Random _random;
    private readonly List<byte[]> _corpus;
    private readonly HashSet<string> _answers = [];

    public Fuzzer(FuzzTarget target, int seed)
    {
        (_target, _random, _corpus) = (target, new Random(seed), [.. target.Seeds]);
        foreach (byte[] input in target.Seeds) Try(input);
    }

    /// <summary>Different answers so far.</summary>
    public int Answers => _answers.Count;

    /// <summary>One damaged input.</summary>
    /// <exception cref="FuzzException">The reader crashed, hung or allocated too much.</exception>
    public void Next() => Try(Damage(_corpus[_random.Next(_corpus.Count)]));

    private void Try(byte[] input)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread(), start = System.Diagnostics.Stopwatch.GetTimestamp();
        string answer;
        try
        {
            _target.Read(input);
            answer = "read";
        }
        catch (Exception e) when (e is DataException or WeightsException)
        {
            answer = Shape(e.Message);
        }
        catch (Exception e)
        {
            throw new FuzzException($"{_target.Name} threw {e.GetType().Name}: {e.Message}", input);
        }

        if (GC.GetAllocatedBytesForCurrentThread() - allocated > MostBytes) throw new FuzzException($"{_target.Name} allocated more than {MostBytes} bytes", input);
        if (System.Diagnostics.Stopwatch.GetElapsedTime(start) > Longest) throw new FuzzException($"{_target.Name} took more than {Longest}", input);
        if (_answers.Count < 5000 && _answers.Add(answer) && input.Length < 4096) _corpus.Add(input);
    }

    /// <summary>A message without its figures and names, so that it stands for one place in the reader.</summary>
    private static string Shape(string message)
    {
        var text = new StringBuilder();
        foreach (char c in message)
        {
            if (text.Length == 60) break;
            if (char.IsAsciiLetter(c) || c == ' ') text.Append(c);
        }

        return text.ToString();
    }

    private byte[] Damage(byte[] input)
    {
        var bytes = new List<byte>(input);
        for (int changes = 1 + _random.Next(4); changes > 0; changes--)
        {
            int at = _random.Next(bytes.Count + 1), length = Math.Min(_random.Next(1, 17), bytes.Count - at);
            switch (_random.Next(8))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << _random.Next(8)); break;
                case 1 when at < bytes.Count: bytes[at] = Interesting[_random.Next(Interesting.Length)]; break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.RemoveRange(at, bytes.Count - at); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 5: bytes.Insert(at, (byte)_random.Next(256)); break;
                case 6:
                    byte[] other = _corpus[_random.Next(_corpus.Count)];
                    int from = _random.Next(other.Length + 1);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(_random.Next(1, 33), other.Length - from)).ToArray());
                    break;
                case 7 when _target.Words.Length > 0: bytes.InsertRange(at, Encoding.UTF8.GetBytes(_target.Words[_random.Next(_target.Words.Length)])); break;
            }
        }

        return bytes.Count <= 8192 ? [.. bytes] : [.. bytes[..8192]];
    }
}

/// <summary>A reader to feed.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Seeds">Sound inputs.</param>
/// <param name="Words">Pieces of text that mean something to it.</param>
/// <param name="Read">Reads; a <see cref="DataException"/> or <see cref="WeightsException"/> is a good answer.</param>
internal sealed record FuzzTarget(string Name, byte[][] Seeds, string[] Words, Action<byte[]> Read);

/// <summary>A finding: something that no input should bring about.</summary>
internal sealed class FuzzException(string problem, byte[] input)
    : Exception($"{problem}\ninput, {input.Length} bytes: {Convert.ToHexString(input)}");
