namespace ImageSearch.Storage.Catalog.Attributes;

/// <summary>A value in the index of attributes: a text or a number.</summary>
/// <param name="Text">The text of a string; null for a number.</param>
/// <param name="Number">A number; 1 or 0 of a boolean; milliseconds since 1970 UTC of a date.</param>
internal readonly record struct IndexedValue(string? Text, double Number)
{
    public static IndexedValue Of(string text) => new(text, 0);

    public static IndexedValue Of(double number) => new(null, number);

    /// <summary>The value as a column's.</summary>
    public object Boxed => Text is null ? Number : Text;
}
