using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

/// <summary>What <c>mnist predict</c> says of files that it cannot read. What it reads of pictures is tested with the native program.</summary>
public sealed class PredictCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PredictCommandTests() => SimpleCnn.Create(seed: 1).Save(_folder["w.safetensors"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "a HEIC picture, which is not read: convert it")]
    [InlineData("\0\0\0\u001Cftypavif\0\0\0\0avifmif1", "an AVIF picture, which is not read: convert it")]
    [InlineData("\0\0\u0001\0\u0001\0\u0020\u0020", "an icon (ICO), which is not read: convert it")]
    [InlineData("II*\0\u0008\0\0\0", "a TIFF picture, which is not read: convert it")]
    [InlineData("<?xml version='1.0'?><svg/>", "an XML file, which is not read: convert it")]
    [InlineData(" <!doctype html><html>", "a web page (HTML), which is not read: convert it")]
    [InlineData("%PDF-1.7", "a PDF document, which is not read: convert it")]
    [InlineData("\0\0\0\0\0\0\0\0\0", "9 bytes that begin with 0000000000000000")]
    [InlineData("\0\0\u0008\u0001\0\0\0\u0001\u0007", "the magic number 2049")]
    public async Task A_file_that_is_no_picture_is_called_by_its_name(string content, string found)
    {
        File.WriteAllBytes(_folder["file"], System.Text.Encoding.Latin1.GetBytes(content));
        string line = (await RunAsync("--weights", _folder["w.safetensors"], _folder["file"])).AssertFailed((Failure)Images.ImageFault.Unreadable);
        Assert.EndsWith($"found {found}.", line);
    }

    [Fact]
    public async Task Weights_that_are_not_there_are_the_same_error_as_for_test()
    {
        string predict = (await RunAsync("--weights", _folder["nosuch"], _folder["file"])).AssertFailed(Failure.Weights);
        string test = (await ProgramRun.OfAsync<SimpleCnn>([], ["test", "--weights", _folder["nosuch"]])).AssertFailed(Failure.Weights);
        Assert.Equal(test, predict);
    }

    private static Task<ProgramRun> RunAsync(params string[] args) => ProgramRun.OfAsync<SimpleCnn>([], ["predict", .. args]);
}
