using ImageSearch.Client.Json;

namespace ImageSearch.Client.Tables;

/// <summary>The model of a table's vectors.</summary>
public sealed record ModelIdentity
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its version.</summary>
    public string Version { get; init; } = "";

    /// <summary>The values of a vector.</summary>
    public int Dimension { get; init; }

    internal string ToJson() => Members.TextOf(json =>
    {
        json.WriteString("name", Name);
        json.WriteString("version", Version);
        json.WriteNumber("dimension", Dimension);
    });
}
