namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Sanitizes text of a server for messages and logs.</summary>
internal static class ServerText
{
    private const int MaxLength = 400;

    /// <summary>The text on one line, without control characters, cut to 400 characters.</summary>
    public static string Printable(string text) =>
        string.Create(Math.Min(text.Length, MaxLength), text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++) target[i] = IsPlain(source[i]) ? source[i] : ' ';
        });

    // U+2028 and U+2029 are line breaks, but not control characters.
    private static bool IsPlain(char letter) => !char.IsControl(letter) && letter is not ('\u2028' or '\u2029');
}
