using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>
/// An open table. Its index is in memory, or evicted to its snapshot. Mutable state is guarded by the gate of <see cref="ResidentTables"/>.
/// </summary>
internal sealed class ResidentTable
{
    private readonly Lock _saving = new();

    public ResidentTable(TableGeneration generation, int dimension)
    {
        (Generation, Dimension) = (generation, dimension);
        Node = new LinkedListNode<ResidentTable>(this);
    }

    public TableGeneration Generation { get; }

    public int Dimension { get; }

    /// <summary>The node in the list of tables in memory, least recently used first.</summary>
    public LinkedListNode<ResidentTable> Node { get; }

    /// <summary>Null while the index is evicted.</summary>
    public NeighborIndex? Index { get; set; }

    /// <summary>The load, eviction or drop in progress; a caller waits for it and checks again.</summary>
    public Task? Change { get; set; }

    /// <summary>The number of active leases.</summary>
    public int Users { get; set; }

    /// <summary>Completes when the last lease is returned; set by a caller that waits for that.</summary>
    public TaskCompletionSource? Unused { get; set; }

    /// <summary>The bytes that are counted for it; while evicted, those before its eviction.</summary>
    public long Bytes { get; set; }

    /// <summary>Whether it has been in memory, so its snapshot is complete.</summary>
    public bool HasBeenLoaded { get; set; }

    public bool IsDropped { get; set; }

    /// <summary>Whether it is evicted when the last lease is returned, because it is used elsewhere.</summary>
    public bool EvictWhenUnused { get; set; }

    public bool IsKnownTooLarge { get; set; }

    /// <summary>The part of <see cref="NeighborIndex.DamagedRows"/> that a comparison with the catalog has found missing since.</summary>
    public long RepairedRows { get; set; }

    /// <summary>After a failed snapshot: no upkeep and no eviction before this timestamp.</summary>
    public long? RestsUntil { get; set; }

    /// <summary>When the upkeep first saw changes that the snapshot lacks. Used by the upkeep only.</summary>
    public long? ChangedSince { get; set; }

    /// <summary>The progress of linking. Used by the upkeep only.</summary>
    public LinkingProgress? Linking { get; set; }

    /// <summary>Cancelled to stop long work on it when it is dropped.</summary>
    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Writes changes, one caller at a time.</summary>
    public void Save(NeighborIndex index, CancellationToken cancellationToken)
    {
        lock (_saving)
        {
            if (index.HasChanges)
                index.Save(cancellationToken);
        }
    }
}

/// <summary>The right to use a table's index, which stays in memory until the lease is disposed. Dispose exactly once.</summary>
internal readonly struct TableLease(ResidentTables tables, ResidentTable table, NeighborIndex index) : IDisposable
{
    public ResidentTable Table { get; } = table;

    public NeighborIndex Index { get; } = index;

    public void Dispose() => tables.Return(Table, Index);
}
