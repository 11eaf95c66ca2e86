namespace ImageSearch.Pages.Searching.Filters;

/// <summary>What a condition asks of its field.</summary>
public enum Test
{
    /// <summary>The value is equal.</summary>
    Equal,

    /// <summary>The value is not equal, or there is none.</summary>
    NotEqual,

    /// <summary>The value is less.</summary>
    Less,

    /// <summary>The value is less or equal.</summary>
    LessOrEqual,

    /// <summary>The value is greater.</summary>
    Greater,

    /// <summary>The value is greater or equal.</summary>
    GreaterOrEqual,

    /// <summary>The value is one of several.</summary>
    OneOf,

    /// <summary>The list, or the tags, contain the text.</summary>
    Has,

    /// <summary>The list, or the tags, do not contain the text.</summary>
    HasNot,

    /// <summary>The text begins with the value.</summary>
    StartsWith,

    /// <summary>The date is in the day or later.</summary>
    From,

    /// <summary>The date is before the day.</summary>
    Before,

    /// <summary>The date is in the day.</summary>
    OnDay,

    /// <summary>There is a value.</summary>
    Exists,

    /// <summary>There is no value.</summary>
    Missing,
}
