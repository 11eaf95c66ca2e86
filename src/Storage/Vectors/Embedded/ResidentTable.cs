using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>
/// An open table, whose index is in memory or away in its snapshot. What is not read-only is guarded by the gate of
/// <see cref="ResidentTables"/>.
/// </summary>
internal sealed class ResidentTable
{
    private readonly Lock _saving = new();

    public ResidentTable(TableGeneration generation, int dimension)
    {
        (Generation, Dimension) = (generation, dimension);
        Place = new LinkedListNode<ResidentTable>(this);
    }

    public TableGeneration Generation { get; }

    public int Dimension { get; }

    /// <summary>In the list of tables in memory, where the one that was not used for longest stands first.</summary>
    public LinkedListNode<ResidentTable> Place { get; }

    /// <summary>Null while the index is away.</summary>
    public NeighborIndex? Index { get; set; }

    /// <summary>Coming, leaving or being dropped; whoever wants to use the table waits for its end and looks again.</summary>
    public Task? Change { get; set; }

    /// <summary>Leases given out.</summary>
    public int Users { get; set; }

    /// <summary>Ends when the last lease is given back; set by whoever waits for that.</summary>
    public TaskCompletionSource? Unused { get; set; }

    /// <summary>Bytes that are counted for it; while it is away, those that it had.</summary>
    public long Bytes { get; set; }

    /// <summary>It was in memory before, so its snapshot is complete.</summary>
    public bool HasBeenLoaded { get; set; }

    public bool IsDropped { get; set; }

    /// <summary>It leaves memory when the last lease is given back: it is used elsewhere now.</summary>
    public bool LeavesUnused { get; set; }

    public bool IsKnownTooLarge { get; set; }

    /// <summary>Of <see cref="NeighborIndex.DamagedRows"/>, those that a comparison with the catalog has found missing since.</summary>
    public long MendedRows { get; set; }

    /// <summary>Its snapshot could not be written; it is left alone until this timestamp.</summary>
    public long? RestsUntil { get; set; }

    /// <summary>When the upkeep first saw changes that the snapshot lacks; its own.</summary>
    public long? ChangedSince { get; set; }

    /// <summary>The graph's building that is under way; the upkeep's own.</summary>
    public LinkingProgress? Linking { get; set; }

    /// <summary>Cancelled when long work on it is to end: it is dropped, or the store closes.</summary>
    public CancellationTokenSource Ending { get; } = new();

    /// <summary>Writes what changed; callers take turns.</summary>
    public void Save(NeighborIndex index, CancellationToken cancellationToken)
    {
        lock (_saving)
        {
            if (index.HasChanges)
                index.Save(cancellationToken);
        }
    }
}

/// <summary>The right to use a table's index, which stays in memory until the lease is given back, once.</summary>
internal readonly struct TableLease(ResidentTables tables, ResidentTable table, NeighborIndex index) : IDisposable
{
    public ResidentTable Table { get; } = table;

    public NeighborIndex Index { get; } = index;

    public void Dispose() => tables.Return(Table, Index);
}
