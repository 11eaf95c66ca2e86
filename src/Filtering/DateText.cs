using System.Globalization;
using ImageSearch.Filtering.Text;

namespace ImageSearch.Filtering;

/// <summary>Dates of filters, attributes and columns as text.</summary>
public static class DateText
{
    /// <summary>
    /// Reads an ISO 8601 date, <c>2026-11-01</c>, or date and time, <c>2026-11-01T10:00</c> with optional seconds, fraction and offset. A
    /// space may stand for the T. Without an offset it is UTC. Digits beyond milliseconds are cut.
    /// </summary>
    /// <returns>Whether the text is such a date, in the years 1 to 9999 in UTC.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset date)
    {
        date = default;
        var digits = new DateDigits(text);
        if (!digits.TryRead(4, out var year) || !digits.TrySkip('-') || !digits.TryRead(2, out var month) || !digits.TrySkip('-')
            || !digits.TryRead(2, out var day) || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        if (!digits.IsAtEnd)
        {
            if (!TryReadTime(ref digits, out var time) || !TryReadOffset(ref digits, out var offset) || !digits.IsAtEnd) return false;
            ticks += time - offset;
        }

        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks) return false;
        date = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>Writes the date of a filter's value as attributes have it, <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.</summary>
    public static string OfAttribute(FilterValue value) => Write(value, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary>
    /// Writes the date of a filter's value as <see cref="Item.Created"/> and <see cref="Item.Modified"/> have it,
    /// <c>yyyy-MM-dd HH:mm:ss.fff</c>.
    /// </summary>
    public static string OfColumn(FilterValue value) => Write(value, "yyyy-MM-dd HH:mm:ss.fff");

    private static string Write(FilterValue value, string format) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)value.Number).ToString(format, CultureInfo.InvariantCulture);

    private static bool TryReadTime(ref DateDigits digits, out long ticks)
    {
        ticks = 0;
        if ((!digits.TrySkip('T') && !digits.TrySkip(' ')) || !digits.TryRead(2, out var hour) || !digits.TrySkip(':')
            || !digits.TryRead(2, out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        var second = 0;
        var millisecond = 0;
        if (digits.TrySkip(':'))
        {
            if (!digits.TryRead(2, out second) || second > 59) return false;
            if (digits.TrySkip('.') && !digits.TryReadMilliseconds(out millisecond)) return false;
        }

        ticks = new TimeSpan(0, hour, minute, second, millisecond).Ticks;
        return true;
    }

    private static bool TryReadOffset(ref DateDigits digits, out long ticks)
    {
        ticks = 0;
        if (digits.IsAtEnd || digits.TrySkip('Z')) return true;
        var sign = digits.TrySkip('+') ? 1 : digits.TrySkip('-') ? -1 : 0;
        if (sign == 0 || !digits.TryRead(2, out var hours) || !digits.TrySkip(':') || !digits.TryRead(2, out var minutes)) return false;
        ticks = sign * new TimeSpan(hours, minutes, 0).Ticks;
        return hours <= 18 && minutes <= 59;
    }
}
