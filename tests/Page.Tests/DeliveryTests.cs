using Deque.AxeCore.Playwright;
using StaticCnn.Page.Tests.Support;
using Xunit.Abstractions;

namespace StaticCnn.Page.Tests;

[Collection(nameof(PageCollection))]
public sealed class DeliveryTests(ServedPage served, ITestOutputHelper output)
{
    private const long MostBytes = 3_000_000;

    [LongBrowserFact]
    public async Task It_takes_at_most_three_megabytes_and_asks_nobody_else()
    {
        long before = served.Server.Bytes;
        await using var open = await served.OpenAsync();
        // The service worker fetches all once more, for itself.
        long opening = await open.Page.EvaluateAsync<long>("performance.getEntriesByType('resource').reduce((sum, entry) => sum + entry.encodedBodySize, 0)");
        long published = Directory.EnumerateFiles(served.Folder, "*", SearchOption.AllDirectories).Where(file => file.EndsWith(".br", StringComparison.Ordinal))
            .Sum(file => new FileInfo(file).Length);
        output.WriteLine($"published, packed: {published:N0} bytes; the page's own requests: {opening:N0}; sent in all: {served.Server.Bytes - before:N0}");
        Assert.InRange(published, 1, MostBytes);
        Assert.All(open.Requests, request => Assert.StartsWith(served.Server.Address, request));
    }

    [LongBrowserFact]
    public async Task It_works_without_a_network_once_it_is_loaded()
    {
        await using var open = await served.OpenAsync();
        var page = open.Page;
        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => 0)");
        await open.UntilAsync("navigator.serviceWorker.controller !== null");
        await page.Context.SetOfflineAsync(true);
        foreach (string pane in new[] { "closeup", "change", "learn", "watch" }) await open.ShowAsync(pane);
        await page.ClickAsync("#language button[lang=zh-Hant]");
        await open.UntilAsync("document.documentElement.lang === 'zh-Hant'");
        await open.AfterAsync(() => Hand.DrawAsync(page, Hand.Strokes(3, 3)));
        open.AssertNoErrors();

        await page.ReloadAsync();
        await open.WaitForAnswerAsync();
        await open.AfterAsync(() => Hand.DrawAsync(page, Hand.Strokes(4, 4)));
        open.AssertNoErrors();
    }

    [BrowserTheory]
    [InlineData("watch")]
    [LongInlineData("closeup")]
    [LongInlineData("change")]
    [LongInlineData("learn")]
    public async Task No_violation_of_accessibility_is_found(string pane)
    {
        foreach (string theme in new[] { "light", "dark" })
        {
            await using var open = await served.OpenAsync(query: $"?language=en&theme={theme}");
            await open.ShowAsync(pane);
            if (pane == "learn") await open.UntilAsync("document.querySelector('#learn-accuracy').textContent.includes('%')");
            var found = await open.Page.RunAxe();
            Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(violation =>
                $"{theme}: {violation.Id} ({violation.Impact}): {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")));
        }
    }

    [LongBrowserFact]
    public async Task Figures_of_this_machine()
    {
        await using var open = await served.OpenAsync();
        var page = open.Page;
        double first = await page.EvaluateAsync<double>("performance.getEntriesByName('first answer')[0].startTime");
        await page.EvaluateAsync("""
            async () => {
              const { model } = await import(new URL('scripts/model.js', document.baseURI));
              Object.assign(window, { milliseconds: [], frames: [] });
              model.addEventListener('answer', () => window.milliseconds.push(model.milliseconds));
              let last = performance.now();
              const frame = now => { window.frames.push(now - last); last = now; requestAnimationFrame(frame); };
              requestAnimationFrame(frame);
            }
            """);
        for (int number = 0; number < 10; number++)
        {
            await page.ClickAsync("#clear");
            await open.AfterAsync(() => Hand.DrawAsync(page, Hand.Strokes(number, number)));
        }
        double[] answers = await page.EvaluateAsync<double[]>("window.milliseconds"), drawing = await page.EvaluateAsync<double[]>("window.frames.splice(0)");
        await page.ClickAsync("#tab-learn");
        await open.UntilAsync("document.querySelector('#learn-accuracy').textContent.includes('%')");
        await page.ClickAsync("#learn-run");
        await page.EvaluateAsync("window.frames.splice(0).length");
        for (int i = 0; i < 40; i++)
        {
            await page.Mouse.WheelAsync(0, i < 20 ? 60 : -60);
            await page.WaitForTimeoutAsync(50);
        }
        double[] scrolling = await page.EvaluateAsync<double[]>("window.frames.splice(0)");
        string steps = await page.InnerTextAsync("#learn-steps");
        string[] figures =
        [
            FormattableString.Invariant($"first answer: {first:F0} ms after opening"),
            FormattableString.Invariant($"a stroke's answer: {Median(answers):F1} ms in the median of {answers.Length}"),
            FormattableString.Invariant($"drawing: {1000 / Median(drawing):F0} frames a second in the median; scrolling while it trains: {1000 / Median(scrolling):F0}"),
            FormattableString.Invariant($"training: {steps} steps in {scrolling.Sum() / 1000:F1} s"),
        ];
        Directory.CreateDirectory(Repository.PathTo("artifacts", "page"));
        File.WriteAllLines(Repository.PathTo("artifacts", "page", "figures.txt"), figures);
        output.WriteLine(string.Join('\n', figures));
        Assert.NotEmpty(answers);
        Assert.NotEmpty(drawing);
        Assert.NotEmpty(scrolling);

        static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
    }
}
