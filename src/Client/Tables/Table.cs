using System.Text.Json.Serialization;

namespace ImageSearch.Client.Tables;

/// <summary>A table with its settings and, if they were asked for, its sizes.</summary>
public sealed record Table
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The model of its vectors.</summary>
    public ModelIdentity Model { get; init; } = new();

    /// <summary>What the distances of its hits are.</summary>
    public Metric Metric { get; init; }

    /// <summary>What a put does with an item whose key is there.</summary>
    public KeyRule OnExistingKey { get; init; }

    /// <summary>Where main objects get a vector; null for the service's setting.</summary>
    public MainObjectRule? MainObject { get; init; }

    /// <summary>The schema of attributes.</summary>
    public IReadOnlyList<AttributeDefinition> Attributes { get; init; } = [];

    /// <summary>The quota; null for none.</summary>
    public long? MaxRows { get; init; }

    /// <summary>What an add does with a picture that another item has, or almost.</summary>
    public DuplicateRule OnDuplicate { get; init; }

    /// <summary>From which score on two pictures are duplicates.</summary>
    public double DuplicateScore { get; init; }

    /// <summary>What is kept of pictures; null for the service's setting.</summary>
    public KeepPictures? KeepPictures { get; init; }

    /// <summary>When it was created; null if that is unknown.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Whether its index has all rows; null without sizes.</summary>
    public TableState? State { get; init; }

    /// <summary>Its rows; null without sizes.</summary>
    public long? Rows { get; init; }

    /// <summary>The rows that searches find; null without sizes.</summary>
    public long? Searchable { get; init; }

    /// <summary>The bytes of its index and its kept pictures on disk; null without sizes.</summary>
    public long? DiskBytes { get; init; }

    /// <summary>The bytes of its index in memory; null without sizes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The bytes of its kept pictures; null without sizes.</summary>
    public long? PictureBytes { get; init; }

    /// <summary>The state of the settings for <c>IfMatch</c>; null in lists.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }
}
