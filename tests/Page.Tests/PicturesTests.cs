using Microsoft.Playwright;
using StaticCnn.Page.Tests.Support;

namespace StaticCnn.Page.Tests;

/// <summary>Pictures of the page, in artifacts/page: whoever changes it looks at them.</summary>
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
}
