namespace ImageSearch.Grains.Tables;

/// <summary>What a quota allows of a write. Until it is settled or disposed, the rows that it may add are reserved.</summary>
/// <param name="refused">For each row why it is refused, or null; null if none is.</param>
/// <param name="settle">Takes the number of rows that were added, or minus that of the deleted ones; null if it is not known.</param>
internal sealed class QuotaGrant(IReadOnlyList<Failure?>? refused, Action<int?> settle) : IDisposable
{
    private bool _isSettled;

    /// <summary>Why the row at a position is refused; null if it is not.</summary>
    public Failure? At(int position) => refused?[position];

    /// <summary>Counts the rows that the write has added; minus those that it has deleted.</summary>
    public void Settle(int added) => End(added);

    /// <summary>Ends a write; the rows are counted again if it is not settled.</summary>
    public void Dispose() => End(null);

    private void End(int? added)
    {
        if (_isSettled) return;
        _isSettled = true;
        settle(added);
    }
}
