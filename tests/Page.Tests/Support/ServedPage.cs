using Microsoft.Playwright;
using StaticCnn.Build.Tests.Support;
using StaticCnn.Mnist;
using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Page.Tests.Support;

/// <summary>
/// The page, served, and a browser: in the long suite as `dotnet publish` makes it, with weights; in the short one as the build has left it,
/// which takes no time, and the weights are dropped onto it.
/// </summary>
public sealed class ServedPage : IAsyncLifetime
{
    private const int Digits = 24_000, Epochs = 3;

    private readonly TemporaryFolder _folder = new();
    private IPlaywright? _playwright;

    /// <summary>A network like the page's, trained on procedural digits.</summary>
    internal SimpleCnn Model { get; } = SimpleCnn.Create(seed: 1);

    /// <summary>Its weights.</summary>
    internal string Weights => _folder["SimpleCnn.safetensors"];

    /// <summary>The published folder; only in the long suite.</summary>
    internal string Folder => Path.Combine(_folder["out"], "wwwroot");

    /// <summary>What serves the page.</summary>
    internal PageServer Server { get; private set; } = null!;

    /// <summary>The browser.</summary>
    internal IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is not null) return;
        Train();
        Server = Suite.IsLong ? await PublishAsync() : Built();
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.StartAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        Server?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Opens the page and waits for its first answer.</summary>
    internal async Task<OpenPage> OpenAsync(BrowserNewContextOptions? options = null, string query = "?language=en&theme=light")
    {
        var context = await Browser.NewContextAsync(options ?? new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        var page = await context.NewPageAsync();
        var open = new OpenPage(page);
        await page.GotoAsync(Server.Address + query);
        await open.WaitForAnswerAsync();
        if (!Suite.IsLong)
        {
            await page.SetInputFilesAsync("#file", Weights);
            await open.UntilAsync("document.querySelector('#message').textContent.includes('SimpleCnn.safetensors')");
        }
        return open;
    }

    private void Train()
    {
        var (bytes, labels) = ProceduralDigits.Generate(seed: 3, Digits, threads: 2);
        var data = new LabeledImages(new IdxImages(bytes, Digits, SimpleCnn.Layers[0].Input), labels, "procedural digits");
        using var trainer = new SimpleCnn.Trainer(Model, threads: 2, seed: 1);
        int[] order = [.. Enumerable.Range(0, Digits)];
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            new Random(epoch).Shuffle(order);
            for (int start = 0; start < Digits; start += trainer.BatchSize)
                trainer.Step(data, order.AsSpan(start, Math.Min(trainer.BatchSize, Digits - start)));
        }
        Model.Save(Weights);
    }

    private async Task<PageServer> PublishAsync()
    {
        var run = await BuildRun.EndOfAsync(BuildRun.Start(Repository.Root, _folder["cache"], [], [
            "publish", "src/Page", "-o", _folder["out"], $"-p:MnistWeights={Weights}", "-p:MnistDataDir=procedural:12000", "-nodeReuse:false",
            "-p:UseSharedCompilation=false",
        ]));
        run.AssertSucceeded();
        return new PageServer(("", Folder));
    }

    // What the development server puts together.
    private static PageServer Built()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return new PageServer(
            ("", Repository.PathTo("src", "Page", "wwwroot")),
            ("", Repository.PathTo("src", "Page", "bin", configuration, "net10.0", "wwwroot")),
            ("fonts/", Repository.PathTo("src", "Figures", "Fonts")),
            ("", Repository.PathTo("docs", "images")));
    }
}

/// <summary>The tests that share a browser.</summary>
[CollectionDefinition(nameof(PageCollection))]
public sealed class PageCollection : ICollectionFixture<ServedPage>;
