using CsCheck;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

/// <summary>Command lines that nobody would write, with data and weights that are not there.</summary>
public sealed class RandomCommandLineTests : IDisposable
{
    private static readonly string[] Options =
    [
        "--all", "--artifacts", "--channel", "--checkpoint-every", "--count", "--digit", "--epochs", "--if-changed", "--images", "--index", "--json", "--language", "--layer",
        "--learning-rate", "--min-accuracy", "--only", "--out", "--require-download", "--resume", "--scale", "--seed", "--show", "--still", "--theme", "--threads", "--top", "--training",
        "--nonsense", "-x", "--help", "--version",
    ];

    private static readonly string[] Values =
    [
        "", " ", "0", "1", "-1", "3", "1e9", "1e-40", "0.5", "0,5", "NaN", "99999999999999999999", "0x10", "2147483648", "\u0663", "x", "--", "-", "@", "@nothing", "..", "*", "\"", "'",
        "$(x)", "%PATH%", "\u65e5\u672c", "\ud83d\ude00", "\ud800", "\u0001", "a\nb", new string('a', 5000), "no/such/folder", "/dev/null/x", ":", "procedural:", "light", "dark", "de",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_ends_well_or_with_one_clear_line()
    {
        File.WriteAllText(_folder["file"], "");
        var pair = from option in One(Options) from value in One(Values) from both in Gen.Bool select both ? new[] { option, value } : [option];
        var line =
            from command in One(["train", "test", "predict", "figures", "animate", "report", "download", "fingerprint", "teach", ""])
            from pairs in pair.Array[0, 4]
            select (string[])[command, .. pairs.SelectMany(words => words)];
        line.Sample(args =>
        {
            // What it would need is not there, and what it writes would have to go below a file.
            string[] all = args[0] is "download" or "predict" or "fingerprint" ? args : [.. args, "--data", _folder["nowhere"], "--weights", _folder["file/w"]];
            var variables = new Dictionary<string, string> { ["STATICCNN_CACHE"] = _folder["file/cache"], ["STATICCNN_MIRRORS"] = MirrorServer.Nobody().ToString() };
            var run = ProgramRun.OfAsync(variables, all).GetAwaiter().GetResult();
            Assert.InRange(run.ExitCode, 0, 2);
            Assert.DoesNotContain("   at ", run.Error);
            if (run.ExitCode == 0) return;
            string last = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
            Assert.Matches("^mnist: error SCNN1[0-9][0-9]: .+[.)]$", last);
        }, iter: 1000, print: args => string.Join(" | ", args));
    }

    private static Gen<string> One(string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
