namespace ImageSearch.Api.Http.Fields;

/// <summary>
/// A whole number of 0 or more as clients write it: <c>10</c>, <c>10.0</c> and <c>1e1</c> are equal. Languages without integers (PHP, Lua,
/// spreadsheets) write the latter forms.
/// </summary>
internal static class WholeNumber
{
    private const long MaxExponent = int.MaxValue;
    private const int MaxDigits = 19;

    /// <summary>The number; null where the text is not one, has a fraction or a sign, or does not fit.</summary>
    public static long? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var whole = text[..DigitCount(text)];
        text = text[whole.Length..];
        if (whole.IsEmpty) return null;
        ReadOnlySpan<char> fraction = default;
        if (text is ['.', ..])
        {
            text = text[1..];
            fraction = text[..DigitCount(text)];
            if (fraction.IsEmpty) return null;
            text = text[fraction.Length..];
        }

        return Exponent(text) is { } exponent ? Value(whole, fraction.TrimEnd('0'), exponent) : null;
    }

    // Trailing zeros are not expanded, so the cost depends on the text's length and not on the exponent.
    private static long? Value(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, long exponent)
    {
        whole = whole.TrimStart('0');
        var shift = exponent - fraction.Length;
        if (whole.IsEmpty) fraction = fraction.TrimStart('0');
        if (whole.IsEmpty && fraction.IsEmpty) return 0;
        if (fraction.IsEmpty)
        {
            var significant = whole.TrimEnd('0');
            shift += whole.Length - significant.Length;
            whole = significant;
        }

        if (shift < 0 || whole.Length + fraction.Length + shift > MaxDigits) return null;
        UInt128 value = 0;
        foreach (var digit in whole) value = (value * 10) + (uint)(digit - '0');
        foreach (var digit in fraction) value = (value * 10) + (uint)(digit - '0');
        for (; shift > 0; shift--) value *= 10;
        return value <= long.MaxValue ? (long)value : null;
    }

    /// <returns>0 where the text is empty; null where it is not an exponent.</returns>
    private static long? Exponent(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return 0;
        if (text[0] is not ('e' or 'E')) return null;
        text = text[1..];
        var isNegative = text is ['-', ..];
        if (text is ['-' or '+', ..]) text = text[1..];
        if (text.IsEmpty || DigitCount(text) < text.Length) return null;
        var exponent = 0L;
        foreach (var digit in text) exponent = Math.Min((exponent * 10) + (digit - '0'), MaxExponent);
        return isNegative ? -exponent : exponent;
    }

    private static int DigitCount(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var count ? count : text.Length;
}
