using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StaticCnn.Mnist.Tests.Support;

/// <summary>What a mirror does wrong.</summary>
public enum Fault
{
    None,
    ConnectionCut,
    ArchiveCut,
    ArchiveBytesFlipped,
    ContentBytesFlipped,
    ContentTooLong,
    NotAnArchive,
    Status404,
    Status500,
    SilentBeforeHeaders,
    SilentHalfway,
    Slow,
}

/// <summary>An HTTP server on this machine that serves the synthetic data as a mirror does, with a fault.</summary>
internal sealed class MirrorServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Fault _fault;

    public MirrorServer(Fault fault = Fault.None)
    {
        _fault = fault;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Its address, to be given to <c>--mirrors</c>.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/mnist/");

    /// <summary>The paths asked for.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>An address where nobody listens.</summary>
    public static Uri Nobody()
    {
        using var gone = new MirrorServer();
        return gone.Address;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            string path = (await reader.ReadLineAsync(_stop.Token))!.Split(' ')[1];
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 }) { }
            Requests.Enqueue(path);
            await RespondAsync(stream, SyntheticData.Contents[Path.GetFileNameWithoutExtension(path)]);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
        }
    }

    private async Task RespondAsync(Stream stream, byte[] content)
    {
        byte[] body = _fault switch
        {
            Fault.ContentBytesFlipped => SyntheticData.Compress(Flip(content)),
            Fault.ContentTooLong => SyntheticData.Compress([.. content, .. new byte[10_000_000]]),
            Fault.ArchiveBytesFlipped => Flip(SyntheticData.Compress(content)),
            Fault.ArchiveCut => SyntheticData.Compress(content)[..^30],
            Fault.NotAnArchive => "<html>Sign in to the network</html>"u8.ToArray(),
            _ => SyntheticData.Compress(content),
        };
        if (_fault == Fault.SilentBeforeHeaders) await Task.Delay(Timeout.Infinite, _stop.Token);
        string status = _fault switch { Fault.Status404 => "404 Not Found", Fault.Status500 => "500 Internal Server Error", _ => "200 OK" };
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
        // A few hundred milliseconds for the four files.
        for (int piece = 0; _fault == Fault.Slow && piece < 15; piece++)
        {
            await stream.WriteAsync(body.AsMemory(0, body.Length / 16));
            body = body[(body.Length / 16)..];
            await Task.Delay(5);
        }
        bool half = _fault is Fault.ConnectionCut or Fault.SilentHalfway;
        await stream.WriteAsync(body.AsMemory(0, half ? body.Length / 2 : body.Length));
        if (_fault == Fault.SilentHalfway) await Task.Delay(Timeout.Infinite, _stop.Token);
    }

    private static byte[] Flip(byte[] bytes)
    {
        byte[] flipped = [.. bytes];
        for (int i = 0; i < 4; i++) flipped[flipped.Length / 2 + i] ^= 0xFF;
        return flipped;
    }
}
