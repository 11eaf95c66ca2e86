using System.Buffers;
using System.Collections.Concurrent;
using ImageSearch.VectorIndex;

namespace ImageSearch.Storage;

/// <summary>
/// Vectors in this process's memory, one <see cref="FlatIndex"/> a table; empty at start and filled from the catalog by whoever opens a
/// table. An answered put is seen by every search that starts later.
/// </summary>
public sealed class EmbeddedVectorStore : IVectorStore
{
    /// <summary>
    /// Values to scan from which on a search leaves a scheduler that is not the pool's, such as a grain's, whose other calls wait for the
    /// turn to end. 2,000 vectors × 512 take about 0.1 ms, the way to the pool and back about 0.01 ms.
    /// </summary>
    private const long ValuesWorthAHop = 1_024_000;

    private readonly ConcurrentDictionary<TableGeneration, FlatIndex> _tables = new();
    private volatile bool _disposed;

    /// <inheritdoc/>
    public bool IsFilledFromCatalog => true;

    /// <inheritdoc/>
    public Task OpenAsync(TableRecord table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);

        // Two callers may make an index each; the one that is not taken holds no native memory yet.
        _tables.GetOrAdd(table.Generation, static (_, dimension) => new FlatIndex(dimension), table.Model.Dimension);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A vector has another dimension than the table or is not of unit length; rows before it are stored.</exception>
    public Task PutAsync(TableGeneration table, IReadOnlyList<RowVectors> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return UseAsync(table, index => (long)rows.Count * index.Dimension, index =>
        {
            foreach (RowVectors row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                index.Put(row.Row.Id, row.Row.Version, row.Whole.Span, row.MainObject.GetValueOrDefault().Span);
            }

            return rows.Count;
        });
    }

    /// <inheritdoc/>
    public Task RemoveAsync(TableGeneration table, IReadOnlyList<RowVersion> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return UseAsync(table, _ => 0, index =>
        {
            foreach (RowVersion row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                index.Remove(row.Id, row.Version);
            }

            return rows.Count;
        });
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no views or more than two, or one has another dimension or no unit length.</exception>
    public Task<IReadOnlyList<VectorHit>> SearchAsync(
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> views, int topK, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(views);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        if (views.Count is not (1 or 2))
            throw new ArgumentException($"A search takes one or two views; there are {views.Count}.", nameof(views));

        ReadOnlyMemory<float> first = views[0];
        ReadOnlyMemory<float> second = views.Count == 2 ? views[1] : default;
        return UseAsync<IReadOnlyList<VectorHit>>(
            table,
            index => (long)index.Count * index.Dimension,
            index => Search(index, first.Span, second.Span, topK, cancellationToken));
    }

    /// <inheritdoc/>
    public Task DropAsync(TableGeneration table, CancellationToken cancellationToken)
    {
        if (_tables.TryRemove(table, out FlatIndex? index))
            index.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Frees all tables' memory.</summary>
    public ValueTask DisposeAsync()
    {
        _disposed = true;
        foreach (TableGeneration table in _tables.Keys)
        {
            if (_tables.TryRemove(table, out FlatIndex? index))
                index.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static VectorHit[] Search(
        FlatIndex index, ReadOnlySpan<float> first, ReadOnlySpan<float> second, int topK, CancellationToken cancellationToken)
    {
        // There may be more rows by the time of the search than were counted; it is repeated where they outgrow the slack.
        const int Slack = 64;
        while (true)
        {
            int room = (int)Math.Min(topK, (long)index.Count + Slack);
            Hit[] hits = ArrayPool<Hit>.Shared.Rent(room);
            try
            {
                int found = index.Search(first, second, hits.AsSpan(0, room), cancellationToken);
                if (found == topK || found < room)
                    return Convert(hits.AsSpan(0, found));
            }
            finally
            {
                ArrayPool<Hit>.Shared.Return(hits);
            }
        }
    }

    private static VectorHit[] Convert(ReadOnlySpan<Hit> hits)
    {
        var converted = new VectorHit[hits.Length];
        for (int i = 0; i < hits.Length; i++)
            converted[i] = new VectorHit(new RowVersion(hits[i].Id, hits[i].Version), hits[i].SquaredDistance);
        return converted;
    }

    /// <summary>Works on a table's index, here or, where that takes long and would hold up a grain, on the pool.</summary>
    private async Task<T> UseAsync<T>(TableGeneration table, Func<FlatIndex, long> valuesTouched, Func<FlatIndex, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_tables.TryGetValue(table, out FlatIndex? index))
            throw NotOpen(table);
        try
        {
            bool onPool = TaskScheduler.Current != TaskScheduler.Default && valuesTouched(index) >= ValuesWorthAHop;
            return onPool ? await Task.Run(() => work(index)).ConfigureAwait(false) : work(index);
        }
        catch (ObjectDisposedException dropped)
        {
            throw NotOpen(table, dropped);
        }
    }

    private static VectorStoreException NotOpen(TableGeneration table, Exception? inner = null) =>
        new($"The vectors of table {table} are not open: it was never opened, or dropped meanwhile. Open it from the catalog first.", inner);
}
