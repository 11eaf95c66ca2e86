namespace ImageSearch.Grains.Imports;

/// <summary>How much of the machines imports take.</summary>
public sealed record ImportOptions
{
    /// <summary>Pictures that a process embeds at a time, over all imports; few, so that clients' own calls are not kept waiting.</summary>
    public int PicturesAtATime { get; init; } = 2 * Environment.ProcessorCount;

    /// <summary>Pictures that it fetches or reads at a time: half of what a process fetches, so that clients' own URLs find places.</summary>
    public int FetchesAtATime { get; init; } = 8;

    /// <summary>Pieces of an import that are under way at a time, over all silos.</summary>
    public int PiecesAtATime { get; init; } = 16;

    /// <summary>How long a piece works before it makes way for others.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How much longer pictures that were begun may take. With the turn, well below the limit of the grain's call.</summary>
    public TimeSpan Overtime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a step waits that could not be done now.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an import belongs to the process that runs it, unless that says again that it does.</summary>
    public TimeSpan Claim { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How long an ended import is kept.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a list may take to come; one that broke off is removed.</summary>
    public TimeSpan Receiving { get; init; } = TimeSpan.FromHours(1);
}
