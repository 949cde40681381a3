using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace StaticCnn.Page.Tests.Support;

/// <summary>An open page, its errors, and what its network has computed.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private const string Model = "const { model } = await import(new URL('scripts/model.js', document.baseURI));";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly List<string> _errors = [];

    public OpenPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _errors.Add(message.Text);
        };
        page.PageError += (_, error) => _errors.Add(error);
        page.RequestFailed += (_, request) => _errors.Add($"{request.Url}: {request.Failure}");
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>What the page has asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>That nothing has gone wrong.</summary>
    public void AssertNoErrors() => Assert.Empty(_errors);

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    /// <summary>Waits until something is true of the page: an expression, or a function of a value.</summary>
    public async Task UntilAsync(string condition, object? value = null)
    {
        // Not by Playwright's own waiting, which the page's policy of contents forbids.
        for (var since = Stopwatch.StartNew(); since.Elapsed < s_patience; await Task.Delay(20))
        {
            if (await Page.EvaluateAsync<bool>(condition, value)) return;
        }
        throw new TimeoutException($"This did not become true: {condition}. The page's errors: {string.Join("; ", _errors)}");
    }

    /// <summary>Waits until the page is open and has answered.</summary>
    public Task WaitForAnswerAsync() =>
        UntilAsync("!document.body.classList.contains('opening') && document.querySelector('#answer').textContent !== '–'");

    /// <summary>Does something, and waits for the answer to it and to all that came with it.</summary>
    public async Task<Reading> AfterAsync(Func<Task> action)
    {
        await Page.EvaluateAsync($"async () => {{ {Model} window.answers = 0; model.addEventListener('answer', () => {{ window.answers++; }}); }}");
        await action();
        await UntilAsync("window.answers > 0");
        return await ReadAsync();
    }

    /// <summary>What the network says, once it has nothing more to read.</summary>
    public async Task<Reading> ReadAsync()
    {
        await Page.EvaluateAsync($"async () => {{ await new Promise(requestAnimationFrame); {Model} while (model.isBusy) await new Promise(then => setTimeout(then, 10)); }}");
        var json = await Page.EvaluateAsync<JsonElement>(
            $"async () => {{ {Model} return {{ image: [...model.image], probabilities: [...model.probabilities], values: [...model.values] }}; }}");
        return new Reading(Floats("image"), Floats("probabilities"), Floats("values"));

        float[] Floats(string name) => [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
    }

    /// <summary>Opens one of the panes.</summary>
    public async Task ShowAsync(string pane)
    {
        await Page.ClickAsync($"#tab-{pane}");
        await UntilAsync($"!document.querySelector('#{pane}').hidden");
    }
}

/// <summary>What the page's network made of an image.</summary>
/// <param name="Image">784 floats.</param>
/// <param name="Probabilities">Ten.</param>
/// <param name="Values">What every layer computed.</param>
internal sealed record Reading(float[] Image, float[] Probabilities, float[] Values)
{
    public int Digit => Array.IndexOf(Probabilities, Probabilities.Max());
}
