using System.Globalization;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Searching.Filters;

/// <summary>Writes conditions in the language of filters (docs/filters.md). Values are quoted, so that they stay values.</summary>
/// <param name="zone">The time zone of days.</param>
internal sealed class FilterWriter(TimeZoneInfo zone)
{
    // A tag never contains what separates tags.
    private static readonly char[] TagSeparators = [',', ';', '，', '；'];

    private static readonly char[] ValueSeparators = [',', '，', '\n'];

    /// <summary>The text of conditions; empty for none.</summary>
    /// <param name="list">The conditions, none of which has a fault.</param>
    public string Write(ConditionList list) =>
        string.Join(list.IsAny ? " OR " : " AND ", list.Conditions.Select(condition => Write(condition, isAlone: list.Conditions.Count == 1)));

    /// <summary>Why a condition can't be written; null if it can.</summary>
    public static Text? FaultOf(Condition condition)
    {
        if (!condition.HasValue) return null;
        var values = ValuesOf(condition);
        if (values.Length == 0 || values.Any(value => value.Length == 0)) return FilterWords.ValueMissing;
        return condition.Field.Type switch
        {
            AttributeType.Number => values.All(IsNumber) ? null : FilterWords.NumberWanted,
            AttributeType.Boolean => values[0] is "true" or "false" ? null : FilterWords.ValueMissing,
            AttributeType.Date => DayOf(values[0]) is null ? FilterWords.DateWanted : null,
            _ when values.Any(value => value.EnumerateRunes().Count() > condition.Field.MaxLength) => FilterWords.TooLong,
            _ when IsPartOfTags(condition) && values[0].Any(unit => TagSeparators.Contains(unit) || char.IsWhiteSpace(unit)) => FilterWords.OneTag,
            _ => null,
        };
    }

    private string Write(Condition condition, bool isAlone)
    {
        var name = condition.Field.Name;
        return condition.Test switch
        {
            Test.Exists => $"{name} EXISTS",
            Test.Missing => $"NOT {name} EXISTS",
            Test.OneOf => $"{name} IN ({string.Join(", ", ValuesOf(condition).Select(value => Literal(condition.Field, value)))})",
            Test.HasNot => $"NOT {name} HAS {Literal(condition)}",
            Test.From => $"{name} >= {StartOf(condition, days: 0)}",
            Test.Before => $"{name} < {StartOf(condition, days: 0)}",
            Test.OnDay when isAlone => DayRange(condition),
            Test.OnDay => $"({DayRange(condition)})",
            _ => $"{name} {SymbolOf(condition.Test)} {Literal(condition)}",
        };
    }

    private string DayRange(Condition condition) =>
        $"{condition.Field.Name} >= {StartOf(condition, days: 0)} AND {condition.Field.Name} < {StartOf(condition, days: 1)}";

    /// <summary>The moment at which a day begins in the time zone. Where clocks skip midnight, it begins with the next hour.</summary>
    private string StartOf(Condition condition, int days)
    {
        var midnight = DayOf(ValuesOf(condition)[0])!.Value.AddDays(days).ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(30);
        var moment = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).UtcDateTime;
        return $"\"{moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\"";
    }

    private static string SymbolOf(Test test) => test switch
    {
        Test.Equal => "=",
        Test.NotEqual => "!=",
        Test.Less => "<",
        Test.LessOrEqual => "<=",
        Test.Greater => ">",
        Test.GreaterOrEqual => ">=",
        Test.StartsWith => "STARTS WITH",
        Test.Has => "HAS",
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    private static string Literal(Condition condition) => Literal(condition.Field, ValuesOf(condition)[0]);

    private static string Literal(ConditionField field, string value) => field.Type switch
    {
        AttributeType.Number => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        AttributeType.Boolean => value,
        _ => Quoted.Of(value),
    };

    private static string[] ValuesOf(Condition condition) => condition switch
    {
        { Test: Test.OneOf } => condition.Value.Split(ValueSeparators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        // White space belongs to a text, but not to a number.
        { Field.Type: AttributeType.String or AttributeType.StringList } => [condition.Value],
        _ => [condition.Value.Trim()],
    };

    private static bool IsPartOfTags(Condition condition) =>
        condition.Field is { IsAttribute: false, Name: ConditionField.Tags } && condition.Test is Test.Has or Test.HasNot;

    private static bool IsNumber(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    // The last day has no next one, and a zone may begin the first one before the calendar does.
    private static DateOnly? DayOf(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day > DateOnly.MinValue.AddDays(1) && day < DateOnly.MaxValue.AddDays(-1)
            ? day
            : null;
}
