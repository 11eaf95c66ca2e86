using ImageSearch.Filtering;

namespace ImageSearch.Grains.Search;

/// <summary>Orders hits of equal score by a field.</summary>
internal sealed class HitOrder(FilterField field, bool descending) : IComparer<ItemHit>
{
    // Scores are shown with six decimals: hits that look equal are.
    private const int Decimals = 6;

    /// <summary>Greatest score first, then the field; hits without a value come last in both directions. Ties keep their order in a stable sort.</summary>
    public int Compare(ItemHit? x, ItemHit? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var byScore = Rounded(y).CompareTo(Rounded(x));
        return byScore != 0 ? byScore : CompareValues(ItemFieldValue.Of(x.Item, field), ItemFieldValue.Of(y.Item, field));
    }

    private int CompareValues(FilterValue? x, FilterValue? y)
    {
        if (x is not { } first || y is not { } second) return (x is null).CompareTo(y is null);
        var order = first.Text is null ? first.Number.CompareTo(second.Number) : string.CompareOrdinal(first.Text, second.Text);
        return descending ? -order : order;
    }

    private static double Rounded(ItemHit hit) => Math.Round(hit.Score, Decimals);
}
