namespace ImageSearch.Pages.Languages;

/// <summary>A language of the pages.</summary>
public enum Language
{
    /// <summary>English.</summary>
    English,

    /// <summary>Simplified Chinese.</summary>
    Chinese,
}

/// <summary>How languages are named on the wire.</summary>
public static class LanguageTag
{
    /// <summary>The tag of HTML's <c>lang</c>.</summary>
    public static string Of(Language language) => language == Language.Chinese ? "zh-CN" : "en";

    /// <summary>The language of a tag such as <c>zh-Hant</c>; null for one that the pages don't have.</summary>
    public static Language? Parse(string? tag) => tag switch
    {
        not null when tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) => Language.Chinese,
        not null when tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) => Language.English,
        _ => null,
    };
}
