using System.Text.RegularExpressions;

namespace ImageSearch;

/// <summary>
/// The name of a table, validated once when a request is read: a letter or underscore, then up to 47 letters, digits or underscores.
/// SQL, paths and log lines contain only validated names.
/// </summary>
[GenerateSerializer, Immutable]
public readonly partial record struct TableName
{
    /// <summary>Maximum length in characters.</summary>
    public const int MaxLength = 48;

    private TableName(string value) => Value = value;

    /// <summary>The name. It is case-sensitive.</summary>
    [Id(0)]
    public string Value { get; private init; }

    /// <summary>Validates a client's text.</summary>
    /// <returns>The name, or <see cref="FailureCode.TableNameInvalid"/>.</returns>
    public static Result<TableName> Parse(string? text) =>
        text is not null && Pattern().IsMatch(text)
            ? new TableName(text)
            : new Failure(
                FailureCode.TableNameInvalid,
                $"table name must start with a letter or underscore and hold at most {MaxLength} letters, digits or underscores");

    /// <inheritdoc/>
    public override string ToString() => Value;

    // \z, not $: the latter accepts a trailing line feed.
    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,47}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
