using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Imports;

/// <summary>An import and its progress.</summary>
public sealed record Import
{
    /// <summary>Its id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The table.</summary>
    public string Table { get; init; } = "";

    /// <summary>How far it is.</summary>
    public ImportState State { get; init; }

    /// <summary>The pictures of its list.</summary>
    public long Items { get; init; }

    /// <summary>The pictures that are stored.</summary>
    public long Stored { get; init; }

    /// <summary>The pictures that could not be imported.</summary>
    public long Failed { get; init; }

    /// <summary>
    /// The pictures of both that the table had already, or almost: rejected ones have failed, and for the others the item that is there was kept.
    /// </summary>
    public long Duplicates { get; init; }

    /// <summary>Why it can't continue; null for no fault.</summary>
    public string? Fault { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Began { get; init; }

    /// <summary>When it ended; null if it has not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What it does with an item whose key is there; null for the table's rule.</summary>
    public KeyRule? OnExistingKey { get; init; }

    /// <summary>What it does with a picture that the table has already, or almost; null for the table's rule.</summary>
    public DuplicateRule? OnDuplicate { get; init; }

    /// <summary>The score from which a picture is a duplicate; null for the table's.</summary>
    public double? DuplicateScore { get; init; }

    /// <summary>Whether it only checks.</summary>
    public bool DryRun { get; init; }
}
