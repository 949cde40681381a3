using System.Globalization;

namespace StaticCnn.Generator.Emit;

/// <summary>C# literals, the same in every culture.</summary>
internal static class Literal
{
    /// <summary>A float that reads back to the same bits.</summary>
    public static string Of(float value) => value.ToString("R", CultureInfo.InvariantCulture) + "f";

    public static string Of(string value) => "\"" + value.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
