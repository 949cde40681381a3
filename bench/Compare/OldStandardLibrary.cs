using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace StaticCnn.Bench;

/// <summary>
/// TorchSharp's native library asks for libstdc++ of GCC 13 for the sake of one function, which starts the iostreams
/// that older versions start by themselves. Where the system's is older, the need is marked as weak, so that the loader lets it pass, and an
/// empty function is preloaded. The library computes the same with it.
/// </summary>
internal static class OldStandardLibrary
{
    private const string Version = "GLIBCXX_3.4.32";
    private const string Source = "void _ZSt21ios_base_library_initv(void) {}";
    private const uint VersionNeeds = 0x6FFFFFFE; // SHT_GNU_verneed
    private const ushort Weak = 2; // VER_FLG_WEAK

    /// <summary>The environment variables with which the library loads.</summary>
    public static Dictionary<string, string> Accommodate(string folder, string library)
    {
        string shim = Path.Combine(folder, "libios_base_library_init.so");
        if (!File.Exists(shim) && !Compile(shim)) return [];
        byte[] bytes = File.ReadAllBytes(library);
        if (MarkWeak(bytes, Version)) File.WriteAllBytes(library, bytes);
        // libtorch's libraries name each other and their OpenMP without a path.
        string openMp = Path.Combine(folder, "libgomp.so.1");
        if (!File.Exists(openMp) && Directory.GetFiles(folder, "libgomp-*.so.1") is [var own, ..]) File.CreateSymbolicLink(openMp, own);
        return new() { ["LD_PRELOAD"] = shim, ["LD_LIBRARY_PATH"] = folder };
    }

    private static bool Compile(string shim)
    {
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("cc", ["-shared", "-fPIC", "-x", "c", "-", "-o", shim]) { RedirectStandardInput = true })!;
            compiler.StandardInput.Write(Source);
            compiler.StandardInput.Close();
            compiler.WaitForExit();
            return compiler.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // No C compiler: the library loads as it is, or TorchSharp is left out.
        }
    }

    /// <summary>Marks every need of a version in a 64-bit little-endian ELF file as weak; false where nothing changed.</summary>
    private static bool MarkWeak(Span<byte> file, string version)
    {
        bool changed = false;
        int sections = (int)BinaryPrimitives.ReadInt64LittleEndian(file[40..]);
        int size = Short(file, 58), count = Short(file, 60);
        for (int i = 0; i < count; i++)
        {
            int section = sections + (i * size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(file[(section + 4)..]) != VersionNeeds) continue;
            int names = Offset(file, sections + (Int(file, section + 40) * size));
            for (int need = Offset(file, section), next = -1; next != 0; need += next)
            {
                next = Int(file, need + 12);
                for (int symbol = need + Int(file, need + 8), following = -1; following != 0; symbol += following)
                {
                    following = Int(file, symbol + 12);
                    if ((Short(file, symbol + 4) & Weak) != 0 || !IsName(file[(names + Int(file, symbol + 8))..], version)) continue;
                    BinaryPrimitives.WriteUInt16LittleEndian(file[(symbol + 4)..], (ushort)(Short(file, symbol + 4) | Weak));
                    changed = true;
                }
            }
        }

        return changed;
    }

    private static bool IsName(ReadOnlySpan<byte> text, string name) => text[..text.IndexOf((byte)0)].SequenceEqual(Encoding.ASCII.GetBytes(name));

    private static int Offset(ReadOnlySpan<byte> file, int section) => (int)BinaryPrimitives.ReadInt64LittleEndian(file[(section + 24)..]);

    private static ushort Short(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);

    private static int Int(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadInt32LittleEndian(file[at..]);
}
