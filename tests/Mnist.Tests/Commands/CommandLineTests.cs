using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("teach")]
    [InlineData("train --epoch 3")]
    [InlineData("train --threads 0")]
    [InlineData("train --threads two")]
    [InlineData("train --threads")]
    [InlineData("train --seed -1")]
    [InlineData("train --epochs 0")]
    [InlineData("train --learning-rate 0")]
    [InlineData("train --learning-rate 0,001")]
    [InlineData("train --min-accuracy 98.9")]
    [InlineData("download --mirrors here")]
    [InlineData("train --data procedural:5")]
    [InlineData("bench --data procedural:many")]
    [InlineData("digits")]
    [InlineData("digits --out folder --count 0")]
    [InlineData("test extra")]
    public async Task Wrong_usage_is_one_line_with_a_hint_and_exit_code_2(string line)
    {
        using var hostile = new HostileCulture();
        var run = await ProgramRun.OfAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith("Run 'mnist --help' for the usage.", run.AssertFailed(Failure.Usage, exitCode: 2));
    }

    [Theory]
    [InlineData("--data")]
    [InlineData("--weights")]
    [InlineData("--if-changed")]
    public async Task An_empty_path_is_wrong_usage(string option) =>
        Assert.Contains(option + " expects a path.", (await ProgramRun.OfAsync("train", option, "")).AssertFailed(Failure.Usage, exitCode: 2));

    [Theory]
    [InlineData("--help", "train")]
    [InlineData("train --help", "--min-accuracy")]
    [InlineData("--version", "0.")]
    public async Task Help_and_version_go_to_standard_output(string line, string part)
    {
        var run = await ProgramRun.OfAsync(line.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(part, run.Out);
        Assert.DoesNotContain("fingerprint", run.Out); // For build scripts, not for people.
    }

    [Theory]
    [InlineData("", "Expected a command: info, download, train, test, ")]
    [InlineData("trian", "There is no command 'trian'. Did you mean 'train'?")]
    [InlineData("fig --out x", "There is no command 'fig'. Did you mean 'figures'?")]
    [InlineData("teach-me-everything", "There is no command 'teach-me-everything'. Run ")]
    [InlineData("train --epoch 3", "train has no option '--epoch'. Did you mean '--epochs'?")]
    [InlineData("train --Seed=3", "train has no option '--Seed'. Did you mean '--seed'?")]
    [InlineData("predict --layer conv1 x.png", "predict has no option '--layer': it would have no effect there. It belongs to figures, animate.")]
    [InlineData("predict --jsn x.png", "predict has no option '--jsn'. Did you mean '--json'?")]
    [InlineData("info --weights w", "info has no option '--weights': it would have no effect there. It belongs to train, test, figures, predict, animate, report.")]
    [InlineData("verify --threads 3", "verify has no option '--threads': it would have no effect there.")]
    [InlineData("--json info", "'--json' stands before info; options follow the command.")]
    [InlineData("test extra", "test expects no 'extra'.")]
    [InlineData("train --data d --mirrors http://here/", "--mirrors has no effect with --data.")]
    [InlineData("report --out page.pdf", "--out expects a file whose name ends in .html or .htm, not 'page.pdf'.")]
    [InlineData("report --out page.html --language fr", "--language expects en or zh-Hant, not 'fr'.")]
    public async Task Wrong_words_are_named_with_what_may_have_been_meant(string line, string expected) => Assert.Contains(
        $"SCNN100: {expected}",
        (await ProgramRun.OfAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).AssertFailed(Failure.Usage, exitCode: 2) + " ");

    [Theory]
    [InlineData("info")]
    [InlineData("train")]
    [InlineData("figures")]
    [InlineData("predict")]
    [InlineData("animate")]
    [InlineData("report")]
    [InlineData("bench")]
    [InlineData("digits")]
    public async Task Help_says_each_default_once(string command)
    {
        var run = await ProgramRun.OfAsync(command, "--help");
        string[] options = [.. run.Lines.Where(line => line.StartsWith("--", StringComparison.Ordinal))];
        Assert.NotEmpty(options);
        Assert.All(options, line => Assert.True(line.Split("efault: ").Length <= 2, line));
    }

    [Fact]
    public async Task A_name_with_control_characters_stays_on_its_line()
    {
        string line = (await ProgramRun.OfAsync("predict", "--weights", "no\t\u001b[31m\nsuch", "x.png")).AssertFailed(Failure.Weights);
        Assert.Contains("There is no weights file no [31m such.", line);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("download")]
    public async Task A_data_folder_that_is_missing_is_named(string command)
    {
        using var folder = new TemporaryFolder();
        string[] weights = command == "train" ? ["--weights", folder["w.safetensors"]] : [];
        var run = await ProgramRun.OfAsync([command, "--data", folder["nowhere"], .. weights]);
        Assert.Contains(folder["nowhere"], run.AssertFailed(Failure.Data));
    }

    [Fact]
    public async Task Data_comes_from_the_option_then_the_variable_then_the_cache()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.WriteTo(folder["option"]);
        SyntheticData.WriteTo(folder["variable"]);
        SyntheticData.WriteTo(folder["cache/mnist"]);
        var variables = new Dictionary<string, string>
        {
            ["STATICCNN_CACHE"] = folder["cache"],
            ["STATICCNN_MIRRORS"] = MirrorServer.Nobody().ToString(),
            ["STATICCNN_DATA"] = folder["variable"],
        };
        Assert.Contains(folder["option"], (await ProgramRun.OfAsync(variables, ["download", "--data", folder["option"]])).Out);
        Assert.Contains(folder["variable"], (await ProgramRun.OfAsync(variables, ["download"])).Out);
        variables.Remove("STATICCNN_DATA");
        Assert.Contains(folder["cache/mnist"], (await ProgramRun.OfAsync(variables, ["download"])).Out);
    }

    [Theory]
    [InlineData("STATICCNN_MIRRORS", "here")]
    [InlineData("STATICCNN_STALL_SECONDS", "1,5")]
    [InlineData("STATICCNN_DATA", "procedural:1e5")]
    public async Task A_variable_that_cannot_be_read_is_named(string name, string value)
    {
        var run = await ProgramRun.OfAsync(new() { [name] = value }, ["download"]);
        Assert.Contains(name, run.AssertFailed(Failure.Usage, exitCode: 1));
    }
}
