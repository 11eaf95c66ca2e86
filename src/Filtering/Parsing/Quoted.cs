using System.Globalization;
using System.Text;
using ImageSearch.Filtering.Text;

namespace ImageSearch.Filtering.Parsing;

/// <summary>Reads strings in double or single quotes, with the escapes of JSON and <c>\'</c>.</summary>
internal static class Quoted
{
    /// <returns>The text, or null with what is wrong at which offset.</returns>
    public static (string? Text, (int Offset, string Message) Fault) Read(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] != '\\')
            {
                text.Append(quoted[i]);
            }
            else if (quoted[i + 1] == 'u')
            {
                var digits = quoted.AsSpan(i + 2, Math.Min(4, quoted.Length - 1 - (i + 2)));
                if (digits.Length < 4 || !ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, null, out var unit))
                    return Fault(i, "\\u must be followed by four hexadecimal digits");
                text.Append((char)unit);
                i += 5;
            }
            else
            {
                if (Unescape(quoted[i + 1]) is not { } unit)
                    return Fault(i, "unknown escape in a string; write \\\\ for a backslash");
                text.Append(unit);
                i++;
            }
        }

        var read = text.ToString();
        return UserText.IsWellFormed(read) ? (read, default) : Fault(0, "the string has half of a surrogate pair");
    }

    private static (string?, (int, string)) Fault(int offset, string message) => (null, (offset, message));

    private static char? Unescape(char escaped) => escaped switch
    {
        '"' or '\'' or '\\' or '/' => escaped,
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => null,
    };
}
