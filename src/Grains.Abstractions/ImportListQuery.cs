namespace ImageSearch;

/// <summary>Which imports are listed: newest first, those of one moment by id.</summary>
/// <param name="Table">Only those into this table; null for all.</param>
/// <param name="State">Only those in this state; null for all.</param>
/// <param name="After">Where the page before ended; null for the first page.</param>
/// <param name="Count">Maximum number of imports, 1..<see cref="MaxCount"/>.</param>
[GenerateSerializer, Immutable]
public sealed record ImportListQuery(string? Table, ImportState? State, ImportPosition? After, int Count)
{
    /// <summary>Maximum imports on a page.</summary>
    public const int MaxCount = 1000;

    /// <summary>Only imports into tables that one of these patterns covers (<see cref="TablePattern"/>); null for all.</summary>
    [Id(4)]
    public IReadOnlyList<string>? Tables { get; init; }
}

/// <summary>The place of an import in a list.</summary>
/// <param name="Began">When it began, as <see cref="ImportStatus.Began"/>.</param>
/// <param name="Id">Its id.</param>
[GenerateSerializer, Immutable]
public sealed record ImportPosition(string Began, string Id);

/// <summary>Some imports.</summary>
/// <param name="Imports">The imports.</param>
/// <param name="Next">What to pass for the next page; null at the end.</param>
[GenerateSerializer, Immutable]
public sealed record ImportListPage(IReadOnlyList<ImportStatus> Imports, ImportPosition? Next);
