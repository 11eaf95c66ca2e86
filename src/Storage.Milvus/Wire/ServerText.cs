namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Text that a server sent, for a sentence or a log line.</summary>
internal static class ServerText
{
    private const int Longest = 400;

    /// <summary>On one line, without control characters, and not endless.</summary>
    public static string Printable(string text) =>
        string.Create(Math.Min(text.Length, Longest), text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++) target[i] = IsPlain(source[i]) ? source[i] : ' ';
        });

    // U+2028 and U+2029 break lines without being control characters.
    private static bool IsPlain(char letter) => !char.IsControl(letter) && letter is not ('\u2028' or '\u2029');
}
