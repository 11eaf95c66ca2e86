namespace ImageSearch.Filtering.Matching;

/// <summary>Stored dates as numbers.</summary>
internal static class Dates
{
    /// <summary>Reads a date as <see cref="FilterValue.Number"/> has it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double milliseconds)
    {
        var isDate = DateText.TryParse(text, out var date);
        milliseconds = isDate ? date.ToUnixTimeMilliseconds() : 0;
        return isDate;
    }
}
