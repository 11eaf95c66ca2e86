using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Search;

/// <summary>
/// One search for items. A filter that the catalog's indexes resolve to few rows is searched among these alone. Otherwise the search walks
/// through the nearest rows and tests each, until enough match. A walk that meets few matches ends with the set of all rows that match, from
/// the catalog: so a page is full whenever enough rows match, whatever their share.
/// </summary>
internal sealed class ItemSearch
{
    // On 100,000 rows × 512, the graph's ten nearest have a recall of 0.99, but its first forty of a hundred only of 0.97.
    private const int Margin = 4;

    private const int FirstRows = 100;
    private const int Slack = 16;

    // A walk among the rows of other groups tests this many times as many rows as the one before, since a scan of the table precedes it.
    private const int GroupWalkGrowth = 4;

    private readonly IVectorStore _vectors;
    private readonly TableGeneration _table;
    private readonly ItemQuery _query;
    private readonly ExampleVectors _examples;
    private readonly Filter? _filter;
    private readonly FilterField? _group;
    private readonly SearchStages _stages;
    private readonly SearchLimits _limits;
    private readonly ItemJoin _join;
    private readonly ExactHits? _exact;
    private readonly MatchingRows _matching;
    private readonly HitSelection _selection;
    private int _waits;

    public ItemSearch(
        IItemCatalog items, IVectorStore vectors, ItemJoin join, ExactHits? exact, TableGeneration table, ItemQuery query, ExampleVectors examples, Filter? filter,
        FilterField? group, SearchStages stages, SearchLimits limits, TableScans scans)
    {
        (_vectors, _table, _query, _examples, _filter, _group) = (vectors, table, query, examples, filter, group);
        (_stages, _limits, _join, _exact) = (stages, limits, join, exact);
        _matching = new MatchingRows(items, table, stages, scans);
        _selection = new HitSelection(query, filter is null ? null : ItemMatcher.Compile(filter), group, examples.Items, vectors.DistanceError);
    }

    /// <summary>Whether rows may exist after those of <see cref="Page"/>.</summary>
    public bool MayHaveMore { get; private set; }

    /// <summary>The hits in the order of hits.</summary>
    public List<ItemHit> Page() => _selection.Page();

    /// <summary>Collects the page.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_filter is not null && await _matching.SelectAsync(_filter, _limits.SmallSet, cancellationToken) is { } few)
        {
            await CollectAsync(few, cancellationToken);
            return;
        }

        var isTested = _filter is not null || _group is not null;
        _stages.Method = isTested ? "walk" : "all";
        var seen = (_query.After?.Seen ?? 0) + _query.Count;
        var first = isTested ? Math.Max(4 * seen, FirstRows) : seen + _examples.Items.Count + Slack;
        var all = new NearestRows(_vectors, _table, _examples.Views, null, isTested ? Margin : 2);
        if (await CollectAsync(all, first, isTested ? Math.Max(_limits.WalkRows, 2 * first) : int.MaxValue, cancellationToken)) return;
        if (!isTested) return;
        if (_group is null) await CollectAsync(await AllMatchingAsync(cancellationToken), cancellationToken);
        else await CollectGroupsAsync(_group, cancellationToken);
    }

    private async Task<IReadOnlyList<long>> AllMatchingAsync(CancellationToken cancellationToken) =>
        await _matching.SelectAsync(_filter!, _limits.LargeSet, cancellationToken)
        ?? await _matching.ScanAsync(_filter, _ => true, cancellationToken);

    // The groups that the walk found have their nearest rows. Only rows of other groups remain.
    private async Task CollectGroupsAsync(FilterField group, CancellationToken cancellationToken)
    {
        if (group.Attribute is not { Indexed: false } && await _matching.ListValuesAsync(group, _limits.ListedValues, cancellationToken) is { } values)
        {
            var others = values.Except(_selection.Groups).ToList();
            if (others.Count == 0)
            {
                MayHaveMore = false;
                return;
            }

            Filter isOther = new OneOf(group, others);
            if (await _matching.SelectAsync(_filter is null ? isOther : new AllOf([_filter, isOther]), _limits.LargeSet, cancellationToken) is { } rows)
            {
                await CollectAsync(rows, cancellationToken);
                return;
            }
        }

        var exists = new Exists(group);
        Filter filter = _filter is null ? exists : new AllOf([_filter, exists]);

        // The number of scans is logarithmic even if no group is after the position, as with a forged cursor.
        for (long maxExamined = _limits.WalkRows; ; maxExamined *= GroupWalkGrowth)
        {
            var rows = await _matching.ScanAsync(filter, _selection.IsOfNewGroup, cancellationToken);
            if (await CollectAsync(Among(rows), FirstDepth(rows.Count), (int)Math.Min(maxExamined, int.MaxValue), cancellationToken)) return;
        }
    }

    private async Task CollectAsync(IReadOnlyList<long> rows, CancellationToken cancellationToken)
    {
        _stages.Method = "id_set";
        await CollectAsync(Among(rows), FirstDepth(rows.Count), int.MaxValue, cancellationToken);
    }

    private NearestRows Among(IReadOnlyList<long> rows) => new(_vectors, _table, _examples.Views, new AllowedRows(rows), Margin);

    // One more than there are rows: the read is exhausted then.
    private int FirstDepth(int rows) =>
        (int)Math.Min(rows + 1L, Math.Max((_query.After?.Seen ?? 0) + _query.Count + _examples.Items.Count + Slack, FirstRows));

    /// <summary>Reads the nearest rows until the page is full or no more rows exist.</summary>
    /// <returns>False if more rows would have to be tested than allowed, or the store can't return more.</returns>
    private async Task<bool> CollectAsync(NearestRows nearest, int depth, int maxExamined, CancellationToken cancellationToken)
    {
        var examinedBefore = _stages.Examined;
        while (true)
        {
            depth = Math.Min(depth, nearest.MaxDepth);
            var near = await _stages.MeasureAsync(SearchStage.Vectors, () => nearest.ReadAsync(depth, cancellationToken));
            _stages.Rounds++;
            var isEnd = nearest.IsExhausted || (near.Count > 0 && _selection.IsTooFar(near[^1]));
            if (await ExamineAsync([.. near.Where(IsCandidate)], isEnd, cancellationToken) is not { } isFull) continue;
            if (isFull) return true;
            if (isEnd)
            {
                MayHaveMore = _selection.Found > _query.Count;
                return true;
            }

            var left = maxExamined - (_stages.Examined - examinedBefore);
            if (left <= 0 || depth == nearest.MaxDepth) return false;
            depth = DeeperThan(depth, left);
        }
    }

    private bool IsCandidate(VectorHit near) => !_selection.IsTooFar(near) && _selection.IsCandidate(near);

    /// <summary>Joins and tests rows until the page is full.</summary>
    /// <returns>Whether the page is full; null if the rows must be read again, because a picture is being changed.</returns>
    private async Task<bool?> ExamineAsync(List<VectorHit> rows, bool isEnd, CancellationToken cancellationToken)
    {
        for (var first = 0; first < rows.Count;)
        {
            var batch = rows.GetRange(first, Math.Min(RowsToTest(), rows.Count - first));
            first += batch.Count;
            var joined = await _stages.MeasureAsync(SearchStage.Catalog, () => _join.ReadAsync(batch, cancellationToken));
            _stages.Examined += batch.Count;
            var hasMoved = joined.HasMoved;
            if (_exact is not null) hasMoved |= await AddExactAsync(_exact, joined.Hits, cancellationToken);
            else foreach (var hit in joined.Hits) _selection.Add(hit);
            if (hasMoved && _waits++ < MovedRows.MaxWaits)
            {
                await Task.Delay(MovedRows.Delay, cancellationToken);
                return null;
            }

            if (_selection.Missing > 0 || (first < rows.Count && _selection.MayBeOnPage(rows[first]))) continue;
            MayHaveMore = first < rows.Count || !isEnd || _selection.Found > _query.Count;
            return true;
        }

        return false;
    }

    // Only rows that match are worth the read of their vectors. True if some have moved.
    private async Task<bool> AddExactAsync(ExactHits exact, IReadOnlyList<ItemHit> hits, CancellationToken cancellationToken)
    {
        var near = new List<ItemHit>(hits.Count);
        foreach (var hit in hits)
        {
            if (_selection.NeedsExactDistance(hit)) near.Add(hit);
            else _selection.Add(hit);
        }

        var (known, hasMoved) = await _stages.MeasureAsync(SearchStage.Catalog, () => exact.ReadAsync(near, cancellationToken));
        foreach (var hit in known) _selection.Add(hit);
        return hasMoved;
    }

    // The share of matches among the rows so far, with a prior of one in four.
    private double RowsPerMatch => (_stages.Examined + 4.0) / (_selection.Found + 1.0);

    private int RowsToTest()
    {
        const int MinRows = 16;
        const int MaxRows = 2_000;
        var rows = _filter is null && _group is null ? _selection.Missing + 1.0 : _selection.Missing * RowsPerMatch;
        return (int)Math.Clamp(rows, MinRows, MaxRows);
    }

    private int DeeperThan(int depth, int left)
    {
        var wanted = depth + (_selection.Missing * RowsPerMatch);
        var deeper = Math.Clamp(wanted, 2.0 * depth, 8.0 * depth);
        return (int)Math.Min(deeper, Math.Max((double)depth + left, depth + Slack));
    }
}
