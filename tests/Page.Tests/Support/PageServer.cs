using System.Net;
using System.Net.Sockets;

namespace StaticCnn.Page.Tests.Support;

/// <summary>Serves folders below a path, as any file server would; files with a .br beside them go out packed.</summary>
internal sealed class PageServer : IDisposable
{
    private static readonly Dictionary<string, string> s_types = new()
    {
        [".html"] = "text/html",
        [".js"] = "text/javascript",
        [".css"] = "text/css",
        [".json"] = "application/json",
        [".wasm"] = "application/wasm",
        [".svg"] = "image/svg+xml",
        [".otf"] = "font/otf",
    };

    private readonly HttpListener _listener = new();
    private readonly (string Path, string Folder)[] _folders;
    private long _bytes;

    /// <summary>Begins to serve.</summary>
    /// <param name="folders">Where what lies below a path is looked for, in this order.</param>
    public PageServer(params (string Path, string Folder)[] folders)
    {
        _folders = folders;
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/some/where/";
        free.Stop();
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>The page's address: not at the server's root.</summary>
    public string Address { get; }

    /// <summary>Bytes of the files that have gone out.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true) Answer(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The tests have ended.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        string path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath)[new Uri(Address).AbsolutePath.Length..];
        if (path.Length == 0) path = "index.html";
        string? file = _folders.Where(folder => path.StartsWith(folder.Path, StringComparison.Ordinal))
            .Select(folder => Path.Combine(folder.Folder, path[folder.Path.Length..])).FirstOrDefault(File.Exists);
        using var response = context.Response;
        if (file is null)
        {
            response.StatusCode = 404;
            return;
        }
        response.ContentType = s_types.GetValueOrDefault(Path.GetExtension(file), "application/octet-stream");
        response.Headers["Cache-Control"] = "no-store";
        if (File.Exists(file + ".br"))
        {
            file += ".br";
            response.Headers["Content-Encoding"] = "br";
        }
        byte[] bytes = File.ReadAllBytes(file);
        Interlocked.Add(ref _bytes, bytes.Length);
        response.ContentLength64 = bytes.Length;
        response.OutputStream.Write(bytes);
    }
}
