namespace ImageSearch;

/// <summary>What a table's owner may choose.</summary>
/// <param name="OnExistingKey">What a put or an import does with an item whose key is there.</param>
/// <param name="MainObject">Where the main object of a picture gets a vector of its own; null for the service's setting MAIN_OBJECT.</param>
/// <param name="Attributes">The attributes that items may have, at most <see cref="MaxAttributes"/>.</param>
/// <param name="MaxRows">Maximum number of rows; null for no limit.</param>
[GenerateSerializer, Immutable]
public sealed record TableSettings(
    KeyRule OnExistingKey, MainObjectRule? MainObject, IReadOnlyList<AttributeDefinition> Attributes, long? MaxRows)
{
    /// <summary>Maximum number of attributes.</summary>
    public const int MaxAttributes = 64;

    /// <summary>The settings of a table that nobody has configured.</summary>
    public static TableSettings Default { get; } = new(KeyRule.Replace, null, [], null);

    /// <summary>The attribute with this name, or null.</summary>
    public AttributeDefinition? Find(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name);
}

/// <summary>What a put does with an item whose key is there.</summary>
[GenerateSerializer]
public enum KeyRule
{
    /// <summary>Replaces the picture and all fields; the id stays.</summary>
    Replace,

    /// <summary>Keeps the item that is there; the put has no effect and succeeds.</summary>
    Skip,

    /// <summary>Fails with <see cref="FailureCode.ItemExists"/>.</summary>
    Fail,
}

/// <summary>Where the main object of a picture gets a vector of its own.</summary>
[GenerateSerializer]
public enum MainObjectRule
{
    /// <summary>Nowhere.</summary>
    Off,

    /// <summary>In searches.</summary>
    Query,

    /// <summary>In searches and in the table.</summary>
    Both,
}
