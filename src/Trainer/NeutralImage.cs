using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace StaticCnn.Trainer;

/// <summary>
/// An assembly that was compiled for another machine (<c>-r linux-arm64</c>, <c>PlatformTarget</c> x86), for this one. The code in it is the
/// same for all; only the file's header says which machine it is meant for.
/// </summary>
internal static class NeutralImage
{
    private const int FlagsInCorHeader = 16;

    /// <summary>The file's bytes with a header for this machine; null where it can be loaded as it is, or holds machine code.</summary>
    public static byte[]? Of(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        using var reader = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(image));
        var headers = reader.PEHeaders;
        if (headers.CorHeader is not { } code || !code.Flags.HasFlag(CorFlags.ILOnly)) return null;

        // 32 bits and neither flag is what the compiler writes for any machine. A file of 64 bits names one.
        var machine = headers.PEHeader!.Magic == PEMagic.PE32 ? Machine.I386 : ThisMachine;
        var flags = headers.PEHeader.Magic == PEMagic.PE32 ? code.Flags & ~(CorFlags.Requires32Bit | CorFlags.Prefers32Bit) : code.Flags;
        if (machine == headers.CoffHeader.Machine && flags == code.Flags) return null;
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(headers.CoffHeaderStartOffset), (ushort)machine);
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(headers.CorHeaderStartOffset + FlagsInCorHeader), (int)flags);
        return image;
    }

    private static Machine ThisMachine => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => Machine.Amd64,
        Architecture.Arm64 => Machine.Arm64,
        Architecture.LoongArch64 => Machine.LoongArch64,
        Architecture.RiscV64 => Machine.RiscV64,
        _ => Machine.I386,
    };
}
