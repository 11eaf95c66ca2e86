using System.Globalization;
using System.Text;

namespace ImageSearch.Pages.Searching.Filters;

/// <summary>Quotes texts for filters.</summary>
internal static class Quoted
{
    /// <summary>A text in double quotes, with the escapes of JSON.</summary>
    public static string Of(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '"' or '\\' => quoted.Append('\\').Append(unit),
                // Not in the address of the page and not on its screen as they are.
                _ when char.IsControl(unit) => quoted.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(unit),
            };
        }

        return quoted.Append('"').ToString();
    }
}
