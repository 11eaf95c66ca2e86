namespace ImageSearch.Client.Imports;

/// <summary>The progress of an import at one moment.</summary>
public sealed record ImportProgress
{
    /// <summary>The import's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>How far it is.</summary>
    public ImportState State { get; init; }

    /// <summary>The pictures of its list.</summary>
    public long Items { get; init; }

    /// <summary>The pictures that are stored.</summary>
    public long Stored { get; init; }

    /// <summary>The pictures that could not be imported.</summary>
    public long Failed { get; init; }

    /// <summary>The pictures of both that the table had already, or almost.</summary>
    public long Duplicates { get; init; }

    /// <summary>Why it can't continue; null for no fault.</summary>
    public string? Fault { get; init; }

    /// <summary>Pictures per second over the last 30 seconds; null if that is unknown.</summary>
    public double? PicturesPerSecond { get; init; }

    /// <summary>The seconds that are left at this rate; null if that is unknown.</summary>
    public double? SecondsLeft { get; init; }
}
