using System.Buffers;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StaticCnn.Mnist.Tests.Support;

/// <summary>A page in headless Chromium, driven by the DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _limit = new(Patience);
    private readonly TemporaryFolder _profile;
    private string? _session;
    private int _id;

    private Browser(Process process, TemporaryFolder profile) => (_process, _profile) = (process, profile);

    /// <summary>What the page complained about: console errors, exceptions, failed requests.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What the page asked for, the page itself and data URIs aside.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Opens a file with a window of a size.</summary>
    public static async Task<Browser> OpenAsync(string file, int width, int height, bool isDark = false)
    {
        var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(BrowserFactAttribute.Program!) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])
            ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0", $"--user-data-dir={profile["profile"]}", "about:blank"])
            start.ArgumentList.Add(argument);
        var browser = new Browser(Process.Start(start)!, profile);
        await browser.ConnectAsync();
        await browser.SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject
        {
            ["width"] = width,
            ["height"] = height,
            ["deviceScaleFactor"] = 1,
            ["mobile"] = width < 600,
        });
        await browser.SendAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }),
        });
        await browser.SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri });
        await browser.EvaluateAsync(
            "new Promise(done => { const wait = () => document.readyState === 'complete' && location.protocol === 'file:' ? done(true) : setTimeout(wait, 50); wait(); })");
        return browser;
    }

    /// <summary>The value of a JavaScript expression; a promise's when it has one.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        while (true)
        {
            try
            {
                var answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
                return answer.GetProperty("result").GetProperty("value").Clone();
            }
            catch (InvalidOperationException e) when (e.Message.Contains("context", StringComparison.Ordinal) || e.Message.Contains("navigated", StringComparison.Ordinal))
            {
                await Task.Delay(50, _limit.Token); // The page that the question was asked of has just been left.
            }
        }
    }

    /// <summary>Shows the page as it is printed.</summary>
    public Task ShowPrintedAsync() => SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["media"] = "print" });

    /// <summary>Presses a key.</summary>
    public async Task PressAsync(string key, int code)
    {
        foreach (string type in (string[])["rawKeyDown", "keyUp"])
            await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _limit.Dispose();
        try
        {
            _profile.Dispose();
        }
        catch (IOException)
        {
            // A child of the browser may still have written its last file; the system clears its temporary folder.
        }
    }

    private async Task ConnectAsync()
    {
        const string Mark = "DevTools listening on ";
        while (true)
        {
            string line = await _process.StandardError.ReadLineAsync(_limit.Token) ?? throw new InvalidOperationException("The browser ended.");
            if (!line.StartsWith(Mark, StringComparison.Ordinal)) continue;
            await _socket.ConnectAsync(new Uri(line[Mark.Length..]), _limit.Token);
            break;
        }
        _ = _process.StandardError.ReadToEndAsync(); // So that it never waits for a reader.
        var target = await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        var session = await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target.GetProperty("targetId").GetString(), ["flatten"] = true });
        _session = session.GetProperty("sessionId").GetString();
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"]) await SendAsync(domain + ".enable", []);
    }

    private async Task<JsonElement> SendAsync(string method, JsonObject parameters)
    {
        int id = ++_id;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null) message["sessionId"] = _session;
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, _limit.Token);
        while (true)
        {
            var answer = await ReceiveAsync();
            if (answer.TryGetProperty("id", out var of) && of.GetInt32() == id)
                return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{method}: {answer}");
            Note(answer);
        }
    }

    private void Note(JsonElement happened)
    {
        if (!happened.TryGetProperty("method", out var method)) return;
        var values = happened.GetProperty("params");
        switch (method.GetString())
        {
            case "Runtime.exceptionThrown":
            case "Network.loadingFailed":
                Problems.Add(values.ToString());
                break;
            case "Runtime.consoleAPICalled" when values.GetProperty("type").GetString() is "error" or "warning":
                Problems.Add(values.ToString());
                break;
            case "Log.entryAdded" when values.GetProperty("entry").GetProperty("level").GetString() is "error" or "warning":
                Problems.Add(values.ToString());
                break;
            case "Network.requestWillBeSent":
                string url = values.GetProperty("request").GetProperty("url").GetString()!;
                if (!url.StartsWith("data:", StringComparison.Ordinal)) Requests.Add(url);
                break;
        }
    }

    private async Task<JsonElement> ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(message.GetMemory(1 << 16), _limit.Token);
            message.Advance(part.Count);
        }
        while (!part.EndOfMessage);
        return JsonDocument.Parse(message.WrittenMemory.ToArray()).RootElement;
    }
}
