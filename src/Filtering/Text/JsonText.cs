using System.Globalization;
using System.Text;

namespace ImageSearch.Filtering.Text;

/// <summary>
/// Writes JSON with as few escapes as it allows. The encoders of System.Text.Json escape characters outside the basic plane, which would
/// triple the bytes of an emoji.
/// </summary>
internal static class JsonText
{
    public static StringBuilder AppendString(this StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var unit in text)
        {
            if (unit is '"' or '\\') json.Append('\\').Append(unit);
            else if (unit == '\n') json.Append("\\n");
            else if (char.IsControl(unit)) json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            else json.Append(unit);
        }

        return json.Append('"');
    }

    /// <summary>The shortest text that reads as the same number.</summary>
    public static string Of(double number) => (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture);
}
