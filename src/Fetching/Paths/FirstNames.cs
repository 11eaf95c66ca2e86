namespace ImageSearch.Fetching.Paths;

/// <summary>Of any number of names, the first ones in ordinal order.</summary>
/// <param name="count">How many are kept.</param>
/// <param name="from">The name that they follow; null for all.</param>
/// <param name="isExclusive">Whether that name itself is left out.</param>
internal sealed class FirstNames(int count, string? from, bool isExclusive)
{
    private static readonly Comparer<string> Descending = Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a));

    // The greatest one is at the top.
    private readonly PriorityQueue<bool, string> _names = new(Descending);

    /// <summary>Whether a name is one of the first so far. Most names of a large folder are not, and cost no memory.</summary>
    public bool Takes(ReadOnlySpan<char> name)
    {
        if (from is not null && name.CompareTo(from, StringComparison.Ordinal) is var order && (order < 0 || (order == 0 && isExclusive))) return false;
        return _names.Count < count || (_names.TryPeek(out _, out var greatest) && name.CompareTo(greatest, StringComparison.Ordinal) < 0);
    }

    /// <summary>Keeps a name that <see cref="Takes"/> accepted.</summary>
    public void Add(string name, bool isFolder)
    {
        if (_names.Count < count) _names.Enqueue(isFolder, name);
        else _names.EnqueueDequeue(isFolder, name);
    }

    /// <summary>The names in ascending order.</summary>
    public List<(string Name, bool IsFolder)> InOrder() =>
        [.. _names.UnorderedItems.Select(item => (Name: item.Priority, IsFolder: item.Element)).OrderBy(item => item.Name, StringComparer.Ordinal)];
}
