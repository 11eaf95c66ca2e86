using System.Globalization;

namespace ImageSearch.Pages.Languages;

/// <summary>
/// A text of the pages in both languages, side by side: one can't be written without the other. Placeholders are those of
/// <see cref="string.Format(IFormatProvider?, string, object?[])"/>.
/// </summary>
/// <param name="English">The English text.</param>
/// <param name="Chinese">The Chinese text.</param>
public readonly record struct Text(string English, string Chinese)
{
    /// <summary>The text in a language.</summary>
    public string In(Language language) => language == Language.Chinese ? Chinese : English;

    /// <summary>The text in a language, with its placeholders filled.</summary>
    public string In(Language language, params object?[] values) =>
        values.Length == 0 ? In(language) : string.Format(CultureInfo.InvariantCulture, In(language), values);
}
