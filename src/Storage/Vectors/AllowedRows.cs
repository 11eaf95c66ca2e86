using ImageSearch.VectorIndex;

namespace ImageSearch.Storage.Vectors;

/// <summary>The rows that a search may return. Immutable: prepared once for several searches.</summary>
/// <param name="ids">Ids of rows, distinct and in any order; those that the store does not have are ignored.</param>
public sealed class AllowedRows(IReadOnlyCollection<long> ids)
{
    /// <summary>The ids.</summary>
    public IReadOnlyCollection<long> Ids { get; } = ids;

    internal RowFilter Filter { get; } = new(ids);

    /// <summary>Whether a row is allowed.</summary>
    public bool Contains(long id) => Filter.Allows(id);
}
