using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ImageSearch.Filtering.Text;

namespace ImageSearch.Filtering.Attributes;

/// <summary>Parts of a client's JSON.</summary>
internal static class JsonNames
{
    // Enough for the characters that messages show.
    private const int MaxShownBytes = 8 * UserText.MaxShown;

    /// <summary>Says what is wrong with a text that can't be read.</summary>
    public const string NotAString = "is not a valid string: it has half of a surrogate pair or bytes that are not UTF-8";

    /// <summary>What a value is, for messages.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => Show(value),
        JsonValueKind.Number => $"the number {Show(value)}",
        _ => $"the string {Show(value)}",
    };

    /// <summary>The text of a string; false if it is no string, or if UTF-16 or UTF-8 in it is not well-formed.</summary>
    public static bool TryGetText(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String) return false;
        try
        {
            text = value.GetString()!;
            return UserText.IsWellFormed(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The name of a member; false if UTF-16 or UTF-8 in it is not well-formed.</summary>
    public static bool TryGetName(JsonProperty member, [NotNullWhen(true)] out string? name)
    {
        try
        {
            name = member.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = null;
            return false;
        }
    }

    // Not GetRawText, which throws where bytes are not UTF-8.
    private static string Show(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return UserText.Show(Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, MaxShownBytes)]));
    }
}
