using System.IO.Compression;
using System.Net;
using System.Net.Sockets;

namespace StaticCnn.Build.Tests.Support;

/// <summary>What a mirror does wrong.</summary>
public enum Fault
{
    None,
    Truncated,
    BytesFlipped,
    Status500,
    Hangs,
}

/// <summary>An HTTP server on this machine that serves the real data as a mirror does, with a fault.</summary>
internal sealed class MirrorServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _data;
    private readonly Fault _fault;

    /// <param name="data">The folder with the four files, plain or .gz.</param>
    /// <param name="fault">What goes wrong.</param>
    public MirrorServer(string data, Fault fault = Fault.None)
    {
        _data = data;
        _fault = fault;
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Its address.</summary>
    public string Address { get; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = RespondAsync(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task RespondAsync(HttpListenerContext context)
    {
        try
        {
            if (_fault == Fault.Hangs) await Task.Delay(Timeout.Infinite, _stop.Token);
            byte[] body = await ArchiveAsync(context.Request.Url!.Segments[^1]);
            if (_fault == Fault.Truncated) body = body[..(body.Length / 2)];
            if (_fault == Fault.BytesFlipped) body[body.Length / 2] ^= 0xFF;
            if (_fault == Fault.Status500) context.Response.StatusCode = 500;
            await context.Response.OutputStream.WriteAsync(body, _stop.Token);
            context.Response.Close();
        }
        catch (Exception e) when (e is OperationCanceledException or HttpListenerException or IOException)
        {
        }
    }

    private async Task<byte[]> ArchiveAsync(string name)
    {
        string packed = Path.Combine(_data, name);
        if (File.Exists(packed)) return await File.ReadAllBytesAsync(packed);
        var archive = new MemoryStream();
        await using (var gzip = new GZipStream(archive, CompressionLevel.Fastest))
            await gzip.WriteAsync(await File.ReadAllBytesAsync(Path.ChangeExtension(packed, null)));
        return archive.ToArray();
    }
}
