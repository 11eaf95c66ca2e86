using ImageSearch.Filtering.Text;

namespace ImageSearch.Filtering;

/// <summary>Orders values of one type: texts by code points, false before true.</summary>
public sealed class FilterValueOrder : IComparer<FilterValue>
{
    private FilterValueOrder()
    {
    }

    /// <summary>The only instance.</summary>
    public static FilterValueOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(FilterValue x, FilterValue y) =>
        x.Type == AttributeType.String ? CodePoints.Compare(x.Text, y.Text) : x.Number.CompareTo(y.Number);
}
