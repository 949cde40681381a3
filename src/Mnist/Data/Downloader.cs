using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;

namespace StaticCnn.Mnist.Data;

/// <summary>Fetches files from the first of several mirrors that serves them whole and unchanged.</summary>
/// <param name="cache">Where the files go.</param>
/// <param name="mirrors">Folders on the web, tried in order.</param>
/// <param name="stall">How long a mirror may send nothing before the next one is tried.</param>
/// <param name="log">Receives lines about what goes on.</param>
internal sealed class Downloader(DataCache cache, ImmutableArray<Uri> mirrors, TimeSpan stall, TextWriter log) : IDisposable
{
    // The stall time-out below bounds every wait; a limit on the whole would punish slow lines.
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The folder where the files are.</summary>
    public string Folder => cache.Folder;

    /// <summary>Brings one file into the cache, unless it is there unharmed.</summary>
    /// <exception cref="DownloadException">No mirror served it; the message names each with its reason.</exception>
    public async Task EnsureAsync(DataFile file, CancellationToken cancellation)
    {
        var state = cache.Check(file);
        if (state == CacheState.Good) return;
        if (state == CacheState.Damaged) log.WriteLine($"{cache.PathOf(file)} is damaged and will be replaced");
        cache.RemoveAbandoned();
        var reasons = new List<string>();
        foreach (var mirror in mirrors)
        {
            var source = new Uri(mirror, file.Name + ".gz");
            log.WriteLine($"Downloading {source}");
            try
            {
                await FetchAsync(source, file, cancellation);
                log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Name}: {file.Length:N0} bytes, SHA-256 as expected"));
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or TimeoutException)
            {
                string reason = Reason(e);
                reasons.Add($"{mirror}: {reason}");
                log.WriteLine($"{source}: {reason}");
            }
        }
        if (state == CacheState.Damaged) File.Delete(cache.PathOf(file));
        throw new DownloadException(file, [.. reasons]);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task FetchAsync(Uri source, DataFile file, CancellationToken cancellation)
    {
        var temporary = cache.CreateTemporary(file);
        try
        {
            await using (temporary) await ReceiveAsync(source, file, temporary, cancellation);
            cache.Accept(file, temporary.Name);
        }
        catch
        {
            File.Delete(temporary.Name);
            throw;
        }
    }

    /// <summary>Unpacks while receiving. Never writes more than the file should have, whatever the mirror sends.</summary>
    private async Task ReceiveAsync(Uri source, DataFile file, Stream destination, CancellationToken cancellation)
    {
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stalled.CancelAfter(stall);
        try
        {
            using var response = await _http.GetAsync(source, HttpCompletionOption.ResponseHeadersRead, stalled.Token);
            response.EnsureSuccessStatusCode();
            await using var unpacked = new GZipStream(await response.Content.ReadAsStreamAsync(stalled.Token), CompressionMode.Decompress);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] buffer = new byte[64 * 1024];
            long length = 0;
            while (true)
            {
                stalled.CancelAfter(stall);
                int read = await unpacked.ReadAsync(buffer, stalled.Token);
                if (read == 0) break;
                length += read;
                if (length > file.Length) throw new InvalidDataException($"it unpacks to more than the {file.Length} bytes expected");
                hash.AppendData(buffer, 0, read);
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
            if (length < file.Length) throw new InvalidDataException($"it ends after {length} of {file.Length} bytes");
            string found = Convert.ToHexStringLower(hash.GetHashAndReset());
            if (found != file.Sha256) throw new InvalidDataException($"its SHA-256 is {found}, not {file.Sha256}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"it sent nothing for {stall.TotalSeconds} s"));
        }
    }

    private static string Reason(Exception e) => e switch
    {
        HttpRequestException { StatusCode: { } status } => string.Create(CultureInfo.InvariantCulture, $"HTTP status {(int)status}"),
        HttpRequestException { InnerException: { } inner } => inner.Message,
        _ => e.Message,
    };
}
