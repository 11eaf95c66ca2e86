using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Duplicates;

/// <summary>Rows that are duplicates.</summary>
/// <param name="Rows">The first of them by id, at most <see cref="DuplicateItems.MaxItems"/>.</param>
/// <param name="Count">All of them.</param>
/// <param name="LowestScore">The score of the two listed ones that are least alike.</param>
/// <param name="HighestScore">The score of the two listed ones that are most alike.</param>
internal sealed record DuplicateGroup(IReadOnlyList<RowVersion> Rows, int Count, float LowestScore = 0, float HighestScore = 0);
