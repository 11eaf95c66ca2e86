using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageSearch;

/// <summary>
/// The name of a backup, which is the name of its folder: 1 to 64 letters, digits, hyphens or underscores. Validated once when a request
/// is read; paths and log lines contain only validated names.
/// </summary>
[GenerateSerializer, Immutable]
public readonly partial record struct BackupName
{
    /// <summary>Maximum length in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>What a name must be.</summary>
    public const string Bound = "1 to 64 letters, digits, - or _";

    private BackupName(string value) => Value = value;

    /// <summary>The name.</summary>
    [Id(0)]
    public string Value { get; private init; }

    /// <summary>Validates a client's text.</summary>
    /// <returns>The name, or <see cref="FailureCode.RequestInvalid"/>.</returns>
    public static Result<BackupName> Parse(string? text) =>
        text is not null && Pattern().IsMatch(text)
            ? new BackupName(text)
            : new Failure(FailureCode.RequestInvalid, $"name must be {Bound}") { Field = "name", Bound = Bound };

    /// <summary>The name of a backup for which the client chose none: the time, UTC, as 20261127T093000Z.</summary>
    public static BackupName Of(DateTimeOffset began) =>
        new(began.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override string ToString() => Value;

    // \z, not $: the latter accepts a trailing line feed.
    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
