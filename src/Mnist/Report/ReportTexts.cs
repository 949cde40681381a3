using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace StaticCnn.Mnist.Report;

/// <summary>A report's words in one language, from Texts/[language].json.</summary>
internal sealed class ReportTexts
{
    private readonly FrozenDictionary<string, string> _texts;

    private ReportTexts(FrozenDictionary<string, string> texts) => _texts = texts;

    /// <summary>The languages that there are, as BCP 47 names them; the first is the default.</summary>
    public static ImmutableArray<string> Languages { get; } = ["en", "zh-Hant"];

    /// <summary>The keys of all texts.</summary>
    public IEnumerable<string> Keys => _texts.Keys;

    /// <summary>Reads the words of one of <see cref="Languages"/>.</summary>
    public static ReportTexts Of(string language)
    {
        using var stream = typeof(ReportTexts).Assembly.GetManifestResourceStream($"Report/{language}.json")!;
        using var json = JsonDocument.Parse(stream);
        return new ReportTexts(json.RootElement.EnumerateObject().ToFrozenDictionary(text => text.Name, text => text.Value.GetString()!));
    }

    /// <summary>A text as it is.</summary>
    public string this[string key] => _texts[key];

    /// <summary>A text with values in the places of their names in braces.</summary>
    public string Format(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        string text = _texts[key];
        foreach (var (name, value) in values) text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return text;
    }
}
