namespace ImageSearch.Client.Tables;

/// <summary>The settings of a table. What is null has its default.</summary>
public sealed record TableSettings
{
    /// <summary>The model of its vectors, which can't change; null for the service's.</summary>
    public ModelIdentity? Model { get; init; }

    /// <summary>What distances are; null for the service's, or that of an existing table.</summary>
    public Metric? Metric { get; init; }

    /// <summary>What a put does with an item whose key is there; null for replace.</summary>
    public KeyRule? OnExistingKey { get; init; }

    /// <summary>Where main objects get a vector; null for the service's setting.</summary>
    public MainObjectRule? MainObject { get; init; }

    /// <summary>The schema, at most 64 attributes.</summary>
    public IReadOnlyList<AttributeDefinition> Attributes { get; init; } = [];

    /// <summary>The quota; null for none.</summary>
    public long? MaxRows { get; init; }

    /// <summary>What an add does with a picture that another item has, or almost; null for allow.</summary>
    public DuplicateRule? OnDuplicate { get; init; }

    /// <summary>From which score on two pictures are duplicates, 0.9 to 1; null for 0.97.</summary>
    public double? DuplicateScore { get; init; }

    /// <summary>What is kept of pictures, no more than the service's setting; null for that.</summary>
    public KeepPictures? KeepPictures { get; init; }
}
