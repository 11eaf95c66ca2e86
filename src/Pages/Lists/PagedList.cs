namespace ImageSearch.Pages.Lists;

/// <summary>
/// A list of the service, page by page. Its cursors lead forward only, so the pages that were shown last are kept for going back. Between pages
/// it holds a cursor and no connection, so nothing needs to be closed.
/// </summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed class PagedList<T> : IPagedList
{
    // Bounds what an open page of a browser holds: some 20 KB a page.
    private const int MaxKept = 20;

    private readonly IAsyncEnumerator<T> _source;
    private readonly int _size;
    private readonly List<List<T>> _kept = [];
    private int _dropped;
    private int _shown;

    // The source stands at an entry that no page has yet.
    private bool _isMore;

    internal PagedList(IAsyncEnumerator<T> source, int size) => (_source, _size) = (source, size);

    /// <summary>The entries of the shown page.</summary>
    public IReadOnlyList<T> Entries => _kept[_shown];

    /// <inheritdoc/>
    public int Number => _dropped + _shown + 1;

    /// <inheritdoc/>
    public bool HasPrevious => _shown > 0;

    /// <inheritdoc/>
    public bool HasNext => _shown < _kept.Count - 1 || _isMore;

    /// <inheritdoc/>
    public void Previous() => _shown--;

    /// <inheritdoc/>
    public async Task NextAsync()
    {
        if (_shown == _kept.Count - 1) _kept.Add(await ReadAsync());
        _shown++;
        if (_kept.Count <= MaxKept) return;
        _kept.RemoveAt(0);
        _dropped++;
        _shown--;
    }

    /// <summary>Shows another entry in the place of one.</summary>
    public void Replace(Predicate<T> isIt, T entry)
    {
        if (_kept[_shown].FindIndex(isIt) is >= 0 and var index) _kept[_shown][index] = entry;
    }

    /// <summary>Takes entries from the shown page.</summary>
    public void Remove(Predicate<T> isOne) => _kept[_shown].RemoveAll(isOne);

    /// <summary>Reads the first page.</summary>
    internal async Task BeginAsync()
    {
        _isMore = await _source.MoveNextAsync();
        _kept.Add(await ReadAsync());
    }

    private async Task<List<T>> ReadAsync()
    {
        var page = new List<T>(_size);
        while (_isMore && page.Count < _size)
        {
            page.Add(_source.Current);
            _isMore = false; // A list whose reading failed has ended.
            _isMore = await _source.MoveNextAsync();
        }

        return page;
    }
}
