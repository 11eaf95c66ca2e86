using System.Text.RegularExpressions;

namespace ImageSearch;

/// <summary>An attribute that items of a table may have, such as a price or a brand.</summary>
/// <param name="Name">Its name, see <see cref="CheckName"/>. It is case-sensitive.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Indexed">True: filters find items by it without reading all rows, and searches can be grouped by it.</param>
[GenerateSerializer, Immutable]
public sealed partial record AttributeDefinition(string Name, AttributeType Type, bool Indexed)
{
    /// <summary>Maximum length of a name, in characters.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Maximum length of a string value, in Unicode characters.</summary>
    public const int MaxStringLength = 255;

    /// <summary>Maximum number of strings in a list.</summary>
    public const int MaxListLength = 64;

    /// <summary>The fields of every item, whose names no attribute can have.</summary>
    public static IReadOnlyList<string> ReservedNames { get; } =
        ["id", "key", "product_id", "url", "path", "tags", "brief", "created", "modified", "score", "distance", "and", "or", "not", "in", "has", "exists", "starts", "with", "true", "false", "null"];

    /// <summary>Checks a client's name: a letter or underscore, then letters, digits or underscores; not one of <see cref="ReservedNames"/>.</summary>
    /// <returns>Null, or why the name can't be used.</returns>
    public static Failure? CheckName(string? name)
    {
        if (name is null || !Pattern().IsMatch(name))
        {
            return new Failure(
                FailureCode.RequestInvalid,
                $"an attribute's name must start with a letter or underscore and hold at most {MaxNameLength} letters, digits or underscores");
        }

        return ReservedNames.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? new Failure(FailureCode.RequestInvalid, $"{name} can't be the name of an attribute: it is a field of every item or a word of filters")
            : null;
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

/// <summary>The type of an attribute's values.</summary>
[GenerateSerializer]
public enum AttributeType
{
    /// <summary>A text.</summary>
#pragma warning disable CA1720 // The word that schemas use for it.
    String,
#pragma warning restore CA1720

    /// <summary>A finite double.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A point in time, to the millisecond, stored as UTC.</summary>
    Date,

    /// <summary>Texts without order, each once.</summary>
    StringList,
}
