using StaticCnn.Figures.History;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public sealed class ReportCommandTests(ReportCommandTests.Trained trained) : IClassFixture<ReportCommandTests.Trained>
{
    private static readonly string[] Steps =
    [
        "setup", "data", "samples", "network", "parameters", "flow", "recipe", "training", "test", "predictions", "kernels", "features", "digits", "insights",
    ];

    /// <summary>A small training, and its report in both languages.</summary>
    public sealed class Trained : IAsyncLifetime
    {
        internal TemporaryFolder Folder { get; } = new();

        internal string Weights => Folder["weights/SimpleCnn.safetensors"];

        public async Task InitializeAsync()
        {
            SyntheticData.WriteTo(Folder["data"]);
            Assert.Equal(0, (await RunAsync("train", "--epochs", "1")).ExitCode);
            Assert.Equal(0, (await RunAsync("report", "--out", Folder["en.html"])).ExitCode);
            Directory.CreateDirectory(Folder["page"]);
            File.WriteAllText(Folder["page/index.html"], "");
            Assert.Equal(0, (await RunAsync("report", "--out", Folder["zh.html"], "--language", "zh-Hant")).ExitCode);
            // The other reports have no page beside them.
            Directory.Delete(Folder["page"], recursive: true);
        }

        public Task DisposeAsync()
        {
            Folder.Dispose();
            return Task.CompletedTask;
        }

        internal Task<ProgramRun> RunAsync(params string[] args) =>
            ProgramRun.OfAsync<SimpleCnn>([], [.. args, "--data", Folder["data"], "--weights", Weights]);
    }

    [Theory]
    [InlineData("en.html", "en", "The training")]
    [InlineData("zh.html", "zh-Hant", "訓練過程")]
    public void It_walks_through_all_steps_in_its_language(string file, string language, string heading)
    {
        string page = File.ReadAllText(trained.Folder[file]);
        Assert.Contains($"<html lang=\"{language}\">", page);
        Assert.Contains(heading + "</h2>", page);
        int[] places = [.. Steps.Select(step => page.IndexOf($"<section id=\"{step}\"", StringComparison.Ordinal))];
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
        Assert.Equal(13, page.Split("<figure>").Length - 1); // Eleven figures and two animations.
        Assert.DoesNotContain("{", Words(page)); // Every place in a text has its value.
    }

    [Fact]
    public void It_links_to_the_page_where_one_is_beside_it()
    {
        Assert.DoesNotContain("page/index.html", File.ReadAllText(trained.Folder["en.html"]));
        Assert.Contains("<a href=\"page/index.html?language=zh-Hant\">", File.ReadAllText(trained.Folder["zh.html"]));
    }

    [Fact]
    public async Task Its_numbers_are_the_models()
    {
        string page = File.ReadAllText(trained.Folder["en.html"]);
        var test = (await trained.RunAsync("test", "--json")).Json;
        Assert.Contains(FormattableString.Invariant($"Of 60 test images {test.GetProperty("correct").GetInt32()} are read right"), page);
        Assert.Contains("215,370 numbers are learned", page);
        Assert.Contains("[Conv2d(16, 5, Padding = 2), ReLU, MaxPool2d(2)]", page);
        Assert.Contains("[Flatten, Linear(128), ReLU, Dropout(0.2f)]", page);
        var history = TrainingHistory.LoadFor(trained.Weights);
        Assert.Contains(FormattableString.Invariant($"from {history.BatchLosses[0]:F3} in the first step"), page);
        Assert.Contains(history.Origin.WeightsSha256, page);
    }

    [LongFact]
    public async Task The_same_weights_give_the_same_page()
    {
        Assert.Equal(0, (await trained.RunAsync("report", "--out", trained.Folder["again.html"], "--threads", "1")).ExitCode);
        Assert.Equal(File.ReadAllText(trained.Folder["en.html"]), File.ReadAllText(trained.Folder["again.html"]));
    }

    [LongFact]
    public async Task Without_a_history_it_says_so()
    {
        string copy = trained.Folder["copy.safetensors"];
        File.Copy(trained.Weights, copy);
        var run = await ProgramRun.OfAsync<SimpleCnn>(
            [], ["report", "--data", trained.Folder["data"], "--weights", copy, "--out", trained.Folder["copy.html"], "--json"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(new FileInfo(trained.Folder["copy.html"]).Length, run.Json.GetProperty("bytes").GetInt64());
        Assert.Contains("These weights have no training history", File.ReadAllText(trained.Folder["copy.html"]));
    }

    [Fact]
    public async Task A_wrong_language_is_one_line()
    {
        string line = (await trained.RunAsync("report", "--out", trained.Folder["fr.html"], "--language", "fr")).AssertFailed(Failure.Usage, 2);
        Assert.Contains("'fr'", line);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_one_line()
    {
        File.WriteAllText(trained.Folder["file"], "a file where the folder should be");
        Assert.Contains(
            "Nothing can be written to the folder ",
            (await trained.RunAsync("report", "--out", trained.Folder["file/report.html"])).AssertFailed(Failure.File));
    }

    [BrowserFact]
    public Task It_fits_a_desktop() => CheckAsync("en.html", 1280, 800, isDark: false);

    [BrowserFact]
    public Task It_fits_a_phone_in_dark_colours() => CheckAsync("zh.html", 360, 740, isDark: true);

    /// <summary>Layers' names, shapes and numbers stay in one piece; where that takes more room than there is, the table scrolls and not the page.</summary>
    [BrowserFact]
    public async Task On_narrow_screens_words_in_tables_stay_whole()
    {
        foreach (int width in (int[])[320, 360, 390])
        {
            await using var browser = await Browser.OpenAsync(trained.Folder["en.html"], width, 740);
            var broken = await browser.EvaluateAsync("""
                [...document.querySelectorAll('td, th')].flatMap(cell => [...cell.textContent.matchAll(/[^\s-]+/g)].filter(word => {
                  const range = document.createRange();
                  range.setStart(cell.firstChild, word.index);
                  range.setEnd(cell.firstChild, word.index + word[0].length);
                  return range.getClientRects().length > 1;
                }).map(word => word[0]))
                """);
            Assert.Empty(broken.EnumerateArray().Select(word => word.GetString()));
            Assert.InRange((await browser.EvaluateAsync("document.documentElement.scrollWidth")).GetInt32(), 1, width);
        }
    }

    /// <summary>An animation's first frame is empty, and so it would be on paper.</summary>
    [BrowserFact]
    public async Task On_paper_animations_stand_still_and_captions_stay_with_their_figures()
    {
        await using var browser = await Browser.OpenAsync(trained.Folder["en.html"], 800, 1100);
        const string Shown = "[...document.images].filter(i => i.offsetHeight > 0)";
        Assert.Equal(13, (await browser.EvaluateAsync($"{Shown}.length")).GetInt32());
        await browser.ShowPrintedAsync();
        Assert.Equal(13, (await browser.EvaluateAsync($"{Shown}.length")).GetInt32());
        Assert.Equal(2, (await browser.EvaluateAsync($"{Shown}.filter(i => i.className === 'still' && i.naturalWidth > 0).length")).GetInt32());
        Assert.Equal(0, (await browser.EvaluateAsync($"{Shown}.filter(i => i.closest('.moving')).length")).GetInt32());
        Assert.Equal("avoid", (await browser.EvaluateAsync("[...new Set([...document.querySelectorAll('figure')].map(f => getComputedStyle(f).breakInside))].join()")).GetString());
        // A picture leaves room for its caption on a page.
        Assert.True((await browser.EvaluateAsync($"{Shown}.every(i => i.offsetHeight <= 0.8 * innerHeight)")).GetBoolean());
    }

    private async Task CheckAsync(string file, int width, int height, bool isDark)
    {
        await using var browser = await Browser.OpenAsync(trained.Folder[file], width, height, isDark);
        var images = await browser.EvaluateAsync(
            "Promise.all([...document.images].map(i => i.decode().then(() => i.naturalWidth > 0 && i.alt.length > 10, () => false)))");
        Assert.Equal(15, images.GetArrayLength()); // Eleven figures, and two animations each with a picture for paper.
        Assert.All(images.EnumerateArray(), image => Assert.True(image.GetBoolean()));
        Assert.InRange((await browser.EvaluateAsync("document.documentElement.scrollWidth")).GetInt32(), 1, width);
        string color = (await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor")).GetString()!;
        Assert.Equal(isDark ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)", color);
        Assert.Equal(isDark, (await browser.EvaluateAsync("document.images[0].currentSrc === document.querySelector('source').srcset")).GetBoolean());

        await browser.PressAsync("Tab", 9);
        Assert.Equal("skip", (await browser.EvaluateAsync("document.activeElement.className")).GetString());
        await browser.PressAsync("Tab", 9);
        Assert.Equal("#setup", (await browser.EvaluateAsync("document.activeElement.hash")).GetString());
        Assert.Empty(browser.Problems);
        Assert.Single(browser.Requests); // The page itself.
    }

    /// <summary>The page without its styles, the listing's code and the pictures.</summary>
    private static string Words(string page) => page[page.IndexOf("</style>", StringComparison.Ordinal)..];
}
