using System.Text.RegularExpressions;
using StaticCnn.Mnist.Report;

namespace StaticCnn.Mnist.Tests.Report;

public sealed partial class ReportTextsTests
{
    [Fact]
    public void Every_language_has_every_text_with_the_same_values()
    {
        var english = ReportTexts.Of("en");
        Assert.All(ReportTexts.Languages, language =>
        {
            var texts = ReportTexts.Of(language);
            Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
            Assert.All(english.Keys, key => Assert.Equal((key, Values(english[key])), (key, Values(texts[key]))));
            Assert.Equal(language, texts["language"]);
        });
    }

    [Fact]
    public void Values_stand_in_the_places_of_their_names() =>
        Assert.Equal("A digit 7 and its feature maps.", ReportTexts.Of("en").Format("features.alt", ("digit", "7")));

    private static string Values(string text) => string.Join(' ', Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
