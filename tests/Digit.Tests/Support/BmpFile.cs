using System.Buffers.Binary;

namespace StaticCnn.Digit.Tests.Support;

/// <summary>Writes BMP, which SkiaSharp only reads.</summary>
internal static class BmpFile
{
    /// <summary>24 bits a pixel.</summary>
    public static byte[] Grey(int width, int height, byte[] grey)
    {
        int pitch = (3 * width + 3) / 4 * 4;
        byte[] file = new byte[54 + pitch * height];
        (file[0], file[1]) = ((byte)'B', (byte)'M');
        Put(2, file.Length);
        Put(10, 54);
        Put(14, 40);
        Put(18, width);
        Put(22, height);
        Put(26, 1 | 24 << 16);
        for (int y = 0; y < height; y++)
        {
            // From the bottom row upwards.
            for (int x = 0; x < width; x++) file.AsSpan(54 + (height - 1 - y) * pitch + 3 * x, 3).Fill(grey[y * width + x]);
        }
        return file;

        void Put(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
    }
}
