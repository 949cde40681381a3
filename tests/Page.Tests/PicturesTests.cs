using Microsoft.Playwright;
using SkiaSharp;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.Motion;
using StaticCnn.Page.Tests.Support;

namespace StaticCnn.Page.Tests;

/// <summary>Pictures of the page, in artifacts/page: whoever changes it looks at them. README's moving picture is one of them.</summary>
[Collection(nameof(PageCollection))]
public sealed class PicturesTests(ServedPage served)
{
    private static readonly string s_folder = Repository.PathTo("artifacts", "page");

    [LongBrowserTheory]
    [InlineData(1280, "light", "en")]
    [InlineData(1280, "dark", "zh-Hant")]
    [InlineData(360, "dark", "en")]
    [InlineData(360, "light", "zh-Hant")]
    public async Task Every_pane_is_drawn_and_none_is_wider_than_the_screen(int width, string theme, string language)
    {
        Directory.CreateDirectory(s_folder);
        await using var open = await served.OpenAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                DeviceScaleFactor = width < 600 ? 2 : 1,
                HasTouch = width < 600,
                IsMobile = width < 600,
                ReducedMotion = ReducedMotion.Reduce,
            },
            $"?language={language}&theme={theme}");
        var page = open.Page;
        foreach (string pane in new[] { "watch", "closeup", "change", "learn" })
        {
            await open.ShowAsync(pane);
            if (pane == "learn")
            {
                await open.UntilAsync("document.querySelector('#learn-accuracy').textContent.includes('%')");
                for (int step = 1; step <= 3; step++)
                {
                    await page.ClickAsync("#learn-step");
                    await open.UntilAsync($"document.querySelector('#learn-steps').textContent === '{step}'");
                }
            }
            await SaveAsync(pane);
            if (pane != "closeup") continue;
            foreach (int layer in new[] { 1, 2, 4, 5 })
            {
                await page.ClickAsync($"#closeup-layers button >> nth={layer}");
                await page.WaitForTimeoutAsync(100);
                await SaveAsync($"closeup-{await page.InnerTextAsync($"#closeup-layers button >> nth={layer}")}");
            }
        }
        open.AssertNoErrors();

        async Task SaveAsync(string name)
        {
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") <= 0, $"{name} is wider than {width} pixels");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(s_folder, $"{name}-{width}-{theme}-{language}.png"), FullPage = true });
        }
    }

    [LongBrowserFact]
    public async Task It_makes_its_own_moving_picture()
    {
        const int width = 1100, height = 720;
        Directory.CreateDirectory(s_folder);
        await using var open = await served.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        var page = open.Page;
        var frames = new List<(byte[] Png, int Milliseconds)>();

        await page.EvaluateAsync("document.querySelector('#clear').click()");
        foreach (var stroke in Hand.Strokes(3, 3))
        {
            for (int length = 2; length < stroke.Count; length += 6)
            {
                await page.EvaluateAsync("document.querySelector('#clear').click()");
                await open.AfterAsync(() => Hand.DrawAsync(page, [stroke[..length]]));
                await TakeAsync(90);
            }
            await TakeAsync(1200);
        }
        await page.ClickAsync(".layer.Conv2d >> nth=0 >> button >> nth=3");
        await page.EvaluateAsync("scrollTo(0, 150)");
        for (int i = 0; i < 24; i++)
        {
            for (int step = 0; step < 17; step++) await page.ClickAsync("#forward");
            await TakeAsync(160);
        }
        await page.ClickAsync("#closeup-layers button >> nth=2");
        await TakeAsync(1500);

        Assert.True(frames.Select(frame => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(frame.Png))).Distinct().Count() > 20);
        var pictures = frames.Select(frame => new AnimationFrame(TimeSpan.FromMilliseconds(frame.Milliseconds), canvas =>
        {
            using var bitmap = SKBitmap.Decode(frame.Png);
            canvas.Skia.DrawBitmap(bitmap, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear));
        }));
        new Animation("page", "A digit is drawn and read; then a kernel slides over it.", width, height, [.. pictures], still: 0)
            .Save(Path.Combine(s_folder, "page.webp"), Theme.Light);

        async Task TakeAsync(int milliseconds) => frames.Add((await page.ScreenshotAsync(), milliseconds));
    }
}
