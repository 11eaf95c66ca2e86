namespace ImageSearch.Api.V1.Requests;

/// <summary>Enumerations in JSON: their names in snake case.</summary>
internal static class EnumWord
{
    /// <summary>The word of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Outcome.Of(value);

    /// <summary>The value of a word, or null.</summary>
    public static T? Parse<T>(string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Outcome.Of(value) == word) return value;
        }

        return null;
    }

    /// <summary>All words, as errors list them.</summary>
    public static string All<T>()
        where T : struct, Enum => "one of " + string.Join(", ", Enum.GetValues<T>().Select(value => Outcome.Of(value)));
}
