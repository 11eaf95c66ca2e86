namespace ImageSearch.Cli.Profiles;

/// <summary>All profiles, as their file has them.</summary>
internal sealed record ProfileSet
{
    /// <summary>The name of the profile that is used without a choice; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>The profiles by name.</summary>
    public SortedDictionary<string, Profile> Profiles { get; init; } = new(StringComparer.Ordinal);
}
