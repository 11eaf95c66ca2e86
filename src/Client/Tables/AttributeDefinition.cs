namespace ImageSearch.Client.Tables;

/// <summary>An attribute of a table's schema.</summary>
public sealed record AttributeDefinition
{
    /// <summary>Its name: a letter or underscore, then letters, digits or underscores.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its type.</summary>
    public AttributeType Type { get; init; }

    /// <summary>Whether filters and orders use an index, default true.</summary>
    public bool Indexed { get; init; } = true;

    /// <summary>An indexed attribute.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    public static AttributeDefinition Of(string name, AttributeType type) => new() { Name = name, Type = type };
}
