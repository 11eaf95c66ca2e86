namespace ImageSearch;

/// <summary>What to do with the pictures of an import.</summary>
/// <param name="Table">The table to add to.</param>
/// <param name="Generation">The generation of the table.</param>
/// <param name="Views">The views to embed.</param>
[GenerateSerializer, Immutable]
public sealed record ImportWork(TableName Table, long Generation, PictureViews Views);
