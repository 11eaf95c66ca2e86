using System.Text.RegularExpressions;

namespace ImageSearch;

/// <summary>
/// The name of a table of pictures, checked once at the edge: a letter or underscore, then up to 47 letters, digits or underscores.
/// Only such a name reaches SQL, a path or a log line.
/// </summary>
[GenerateSerializer, Immutable]
public readonly partial record struct TableName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 48;

    private TableName(string value) => Value = value;

    /// <summary>The name as the client wrote it; names differ by case.</summary>
    [Id(0)]
    public string Value { get; private init; }

    /// <summary>Checks a client's text and makes a name of it.</summary>
    /// <returns>The name, or <see cref="FailureCode.TableNameInvalid"/>.</returns>
    public static Result<TableName> Parse(string? text) =>
        text is not null && Pattern().IsMatch(text)
            ? new TableName(text)
            : new Failure(
                FailureCode.TableNameInvalid,
                $"table name must start with a letter or underscore and hold at most {MaxLength} letters, digits or underscores");

    /// <inheritdoc/>
    public override string ToString() => Value;

    // \z, not $: the latter would let a trailing line feed pass.
    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,47}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
