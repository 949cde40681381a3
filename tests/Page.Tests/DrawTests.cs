using System.Text.Json;
using StaticCnn.Images;
using StaticCnn.Images.Fitting;
using StaticCnn.Mnist;
using StaticCnn.Page.Tests.Support;
using Xunit.Abstractions;

namespace StaticCnn.Page.Tests;

[Collection(nameof(PageCollection))]
public sealed class DrawTests(ServedPage served, ITestOutputHelper output)
{
    private const float Tolerance = 1e-4f;

    [BrowserFact]
    public async Task Drawn_digits_are_read_right_and_as_the_library_reads_them()
    {
        int count = Suite.Count(shortSuite: 5, longSuite: 20), right = 0;
        await using var open = await served.OpenAsync();
        for (int number = 0; number < count; number++)
        {
            int digit = number % 10;
            await open.Page.ClickAsync("#clear");
            var reading = await open.AfterAsync(() => Hand.DrawAsync(open.Page, Hand.Strokes(digit, number)));
            if (reading.Digit == digit) right++;
            else output.WriteLine($"a {digit} (number {number}) is read as {reading.Digit}");
            AssertComputedByLibrary(reading);
        }
        output.WriteLine($"{right} of {count} right");
        Assert.True(right >= 0.9 * count || right >= count - 1, $"{right} of {count} right");
        open.AssertNoErrors();
        Assert.All(open.Requests, request => Assert.StartsWith(served.Server.Address, request));
    }

    [LongBrowserFact]
    public async Task A_picture_is_fitted_as_the_library_fits_it()
    {
        await using var open = await served.OpenAsync();
        byte[] grey = new byte[120 * 90];
        Array.Fill(grey, (byte)220);
        for (int y = 20; y < 70; y++)
        {
            for (int x = 0; x < 7; x++) grey[y * 120 + 50 + x - y / 5] = 40;
        }
        var json = await open.Page.EvaluateAsync<JsonElement>("""
            async grey => {
              const { callForFloats } = await import(new URL('scripts/network.js', document.baseURI));
              return [...await callForFloats('DigitExports.Fit', new Uint8Array(grey), 120, 90)];
            }
            """, grey.Select(value => (int)value));
        float[] expected = MnistForm.Fit(new Picture(120, 90, [.. grey.Select(value => value / 255f)]));
        Assert.All(json.EnumerateArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First.GetSingle(), Tolerance));
    }

    [LongBrowserFact]
    public async Task Undo_takes_the_last_stroke_back_and_keys_draw()
    {
        await using var open = await served.OpenAsync();
        var page = open.Page;
        var before = await open.AfterAsync(() => Hand.DrawAsync(page, [[(0.5f, 0.2f), (0.5f, 0.8f)]]));
        await open.AfterAsync(() => Hand.DrawAsync(page, [[(0.2f, 0.5f), (0.8f, 0.5f)]]));
        var after = await open.AfterAsync(() => page.ClickAsync("#undo"));
        Assert.Equal(before.Image, after.Image);

        await page.FocusAsync("#paper");
        await page.Keyboard.PressAsync("Delete");
        var typed = await open.AfterAsync(async () =>
        {
            await page.Keyboard.PressAsync("Space");
            for (int i = 0; i < 15; i++) await page.Keyboard.PressAsync("ArrowDown");
            await page.Keyboard.PressAsync("Space");
        });
        Assert.Equal(1, typed.Digit);
        AssertComputedByLibrary(typed);
        open.AssertNoErrors();
    }

    private void AssertComputedByLibrary(Reading reading)
    {
        float[] logits = new float[10];
        served.Model.Forward(reading.Image, logits);
        double most = logits.Max(), sum = logits.Sum(logit => Math.Exp(logit - most));
        for (int i = 0; i < 10; i++) Assert.Equal(Math.Exp(logits[i] - most) / sum, reading.Probabilities[i], Tolerance);
        int start = 0;
        for (int layer = 0; layer < SimpleCnn.Layers.Length; layer++)
        {
            float[] values = new float[SimpleCnn.Layers[layer].Output.Length];
            served.Model.CopyActivation(layer, values);
            float bound = Tolerance * Math.Max(1, values.Max(Math.Abs));
            for (int i = 0; i < values.Length; i++) Assert.Equal(values[i], reading.Values[start + i], bound);
            start += values.Length;
        }
    }
}
