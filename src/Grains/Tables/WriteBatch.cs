using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tables;

/// <summary>The items of a bulk write, of which some may be refused before the others go to the catalog.</summary>
/// <typeparam name="TItem">What is written.</typeparam>
/// <typeparam name="TResult">The result for each.</typeparam>
internal sealed class WriteBatch<TItem, TResult>
{
    private readonly Result<TResult>[] _results;
    private readonly List<int> _positions;

    /// <param name="items">The items.</param>
    /// <param name="check">Why the item at a position is refused; null if it is not.</param>
    public WriteBatch(IReadOnlyList<TItem> items, Func<int, Failure?> check)
    {
        _results = new Result<TResult>[items.Count];
        _positions = new List<int>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (check(i) is { } refused) _results[i] = refused;
            else _positions.Add(i);
        }

        Accepted = _positions.Count == items.Count ? items : [.. _positions.Select(i => items[i])];
    }

    /// <summary>The items for the catalog.</summary>
    public IReadOnlyList<TItem> Accepted { get; }

    /// <summary>The result of each item of the call.</summary>
    public IReadOnlyList<Result<TResult>> Results => _results;

    /// <summary>Takes the catalog's results of the accepted items.</summary>
    /// <param name="written">The results.</param>
    /// <param name="toResult">The caller's result.</param>
    /// <param name="toVectors">What is to be indexed of an item; null for nothing.</param>
    /// <returns>The vectors of the stored rows, each row once: of items with one key the last.</returns>
    public IReadOnlyList<RowVectors> Complete<TWritten>(
        IReadOnlyList<Result<TWritten>> written, Func<TWritten, TResult> toResult, Func<TItem, TWritten, RowVectors?> toVectors)
    {
        var stored = new Dictionary<long, RowVectors>(written.Count);
        for (var i = 0; i < written.Count; i++)
        {
            if (written[i].TryGet(out var row, out var failure))
            {
                if (toVectors(Accepted[i], row) is { } vectors) stored[vectors.Row.Id] = vectors;
                _results[_positions[i]] = toResult(row);
            }
            else
            {
                _results[_positions[i]] = failure;
            }
        }

        return [.. stored.Values];
    }
}
