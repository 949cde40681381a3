using Microsoft.Playwright;
using StaticCnn.Page.Tests.Support;

namespace StaticCnn.Page.Tests;

[Collection(nameof(PageCollection))]
public sealed class PanesTests(ServedPage served)
{
    private static readonly string[] s_panes = ["watch", "closeup", "change", "learn"];

    [BrowserTheory]
    [InlineData("mouse")]
    [LongInlineData("touch")]
    [LongInlineData("keyboard")]
    public async Task Every_pane_opens_and_what_is_in_it_too(string means)
    {
        await using var open = await served.OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = means == "touch" ? new ViewportSize { Width = 360, Height = 740 } : new ViewportSize { Width = 1280, Height = 900 },
            HasTouch = means == "touch",
        });
        var page = open.Page;
        foreach (string pane in s_panes)
        {
            await ActivateAsync($"#tab-{pane}");
            await page.Locator($"#{pane}").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Visible });
        }

        // A map, a unit and a bar open what is behind them.
        await ActivateAsync("#tab-watch");
        await ActivateAsync(".layer.Conv2d >> nth=0 >> button >> nth=5");
        Assert.Equal("A convolution up close: conv1, kernel 5", await page.InnerTextAsync("#closeup-title"));
        await ActivateAsync("#tab-watch");
        await ActivateAsync(".layer.Linear >> nth=0 >> button >> nth=17");
        Assert.Equal("A unit up close: fc1, unit 17", await page.InnerTextAsync("#closeup-title"));
        await ActivateAsync("#bars button >> nth=3");
        Assert.Equal("A unit up close: fc2, unit 3", await page.InnerTextAsync("#closeup-title"));
        await ActivateAsync("#closeup-layers button >> nth=2");
        await ActivateAsync("#closeup-channels button >> nth=9");
        Assert.Equal("A convolution up close: conv2, kernel 9", await page.InnerTextAsync("#closeup-title"));

        // Playing moves the window; stopping stops it.
        string place = await page.InnerTextAsync("#closeup-place");
        await ActivateAsync("#play");
        await open.UntilAsync("before => document.querySelector('#closeup-place').textContent !== before", place);
        await ActivateAsync("#play");
        Assert.Equal("Slide over the map", await page.GetAttributeAsync("#play", "aria-label"));

        // A changed kernel changes the answer, and it comes back.
        await ActivateAsync("#tab-change");
        string answer = await page.InnerTextAsync("#sure");
        await ActivateAsync("#mute");
        await open.UntilAsync("before => document.querySelector('#sure').textContent !== before", answer);
        await ActivateAsync("#reset-all");
        await open.UntilAsync("before => document.querySelector('#sure').textContent === before", answer);

        // The little network learns.
        await ActivateAsync("#tab-learn");
        await open.UntilAsync("document.querySelector('#learn-accuracy').textContent.includes('%')");
        await ActivateAsync("#learn-step");
        await open.UntilAsync("document.querySelector('#learn-steps').textContent === '1'");
        open.AssertNoErrors();

        async Task ActivateAsync(string target)
        {
            var element = page.Locator(target);
            if (means == "mouse") await element.ClickAsync();
            else if (means == "touch") await element.TapAsync();
            else
            {
                await element.FocusAsync();
                await page.Keyboard.PressAsync("Enter");
            }
        }
    }

    [LongBrowserFact]
    public async Task The_tab_key_reaches_everything_and_arrow_keys_move_within_groups()
    {
        await using var open = await served.OpenAsync();
        var page = open.Page;
        var reached = new HashSet<string>();
        for (int i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.closest('[id]')?.id || ''"));
        }
        Assert.Superset(new HashSet<string> { "paper", "clear", "thickness", "open", "samples", "bars", "tab-watch", "flow" }, reached);

        await page.ClickAsync("#tab-watch");
        await page.Locator(".layer.Conv2d button").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("conv1, map 5", await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"));

        await page.FocusAsync("#tab-watch");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.True(await page.IsVisibleAsync("#closeup"));
        string place = await page.InnerTextAsync("#closeup-place");
        await page.Locator("#closeup-view .plane canvas[tabindex='0']").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        Assert.NotEqual(place, await page.InnerTextAsync("#closeup-place"));
    }

    [LongBrowserFact]
    public async Task Numbers_up_close_add_up_to_what_the_network_computed()
    {
        await using var open = await served.OpenAsync();
        var page = open.Page;
        await open.ShowAsync("closeup");
        var reading = await open.ReadAsync();
        // conv1, kernel 3: its map begins after three others.
        (int row, int column) = Numbers(await page.InnerTextAsync("#closeup-place"));
        float expected = reading.Values[3 * 784 + row * 28 + column];
        float[] products = [.. (await page.Locator("#closeup-view > div:not([hidden]) .numbers >> nth=2 >> td").AllInnerTextsAsync()).Select(Number)];
        float[] terms = [.. (await page.Locator("#closeup-view > div:not([hidden]) dd").AllInnerTextsAsync()).Select(text => Number(text.Split('→')[0]))];
        Assert.Equal(25, products.Length);
        Assert.Equal(terms[0], products.Sum(), 0.13f); // 25 numbers, each rounded to a hundredth.
        Assert.Equal(expected, terms[0] + terms[1], 0.0015f);
        Assert.Equal(expected, terms[2], 0.001f);

        static float Number(string text) => float.Parse(text.Trim().Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture);

        static (int Row, int Column) Numbers(string text)
        {
            int[] found = [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Where(part => char.IsDigit(part[0])).Select(int.Parse)];
            return (found[0], found[1]);
        }
    }

    [LongBrowserFact]
    public async Task The_little_network_learns_to_read()
    {
        await using var open = await served.OpenAsync();
        await open.ShowAsync("learn");
        await open.UntilAsync("document.querySelector('#learn-accuracy').textContent.includes('%')");
        await open.Page.ClickAsync("#learn-run");
        await open.UntilAsync("parseFloat(document.querySelector('#learn-accuracy').textContent) >= 80");
        await open.Page.ClickAsync("#learn-run");
        open.AssertNoErrors();
    }
}
