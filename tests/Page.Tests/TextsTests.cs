using System.Text.Json;
using System.Text.RegularExpressions;

namespace StaticCnn.Page.Tests;

public sealed partial class TextsTests
{
    private static readonly string s_page = Repository.PathTo("src", "Page", "wwwroot");

    [Fact]
    public void Every_language_has_the_same_texts_with_the_same_places_for_values()
    {
        var english = Read("en");
        var chinese = Read("zh-Hant");
        Assert.Equal(english.Keys.Order(), chinese.Keys.Order());
        Assert.All(english, text => Assert.Equal(Places(text.Value), Places(chinese[text.Key])));
        Assert.All(english.Values.Concat(chinese.Values), text => Assert.NotEqual("", text.Trim()));
    }

    [Fact]
    public void Every_text_is_used_and_every_text_that_is_used_is_there()
    {
        string sources = string.Join('\n', Directory.EnumerateFiles(s_page, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".js", StringComparison.Ordinal) || file.EndsWith(".html", StringComparison.Ordinal)).Select(File.ReadAllText));
        var keys = Read("en").Keys;
        Assert.All(Asked().Matches(sources).Select(match => match.Groups[1].Value), key => Assert.Contains(key, keys));
        // Keys that are put together, such as does.Conv2d, are named by their beginning.
        Assert.All(keys, key => Assert.True(
            sources.Contains($"'{key}'") || sources.Contains($"\"{key}\"") || sources.Contains($"`{key[..(key.LastIndexOf('.') + 1)]}${{"), $"{key} is never used"));
    }

    private static Dictionary<string, string> Read(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(s_page, "texts", $"{language}.json")))!;

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();

    [GeneratedRegex("""(?:(?<!\w)text\('|data-(?:text|label|tip)=")([^'"]+)['"]""")]
    private static partial Regex Asked();
}
