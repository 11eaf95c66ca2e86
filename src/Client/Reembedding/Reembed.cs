using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Reembedding;

/// <summary>A change of a table's model and its progress.</summary>
public sealed record Reembed
{
    /// <summary>The model that the table gets.</summary>
    public ModelIdentity Model { get; init; } = new();

    /// <summary>How far it is.</summary>
    public ReembedState State { get; init; }

    /// <summary>The rows of the table.</summary>
    public long Rows { get; init; }

    /// <summary>The rows that have a new vector.</summary>
    public long Embedded { get; init; }

    /// <summary>The rows whose picture could not be embedded.</summary>
    public long Failed { get; init; }

    /// <summary>How many rows may fail.</summary>
    public long MaxFailures { get; init; }

    /// <summary>Why it failed; null for no fault.</summary>
    public string? Fault { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Began { get; init; }

    /// <summary>When it ended; null if it has not.</summary>
    public DateTimeOffset? Ended { get; init; }
}
