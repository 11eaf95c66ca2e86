namespace ImageSearch;

/// <summary>What is to be done with the pictures of an import.</summary>
/// <param name="Table">The table they go into.</param>
/// <param name="Generation">Which of the tables that bore this name.</param>
/// <param name="Views">The views that are embedded.</param>
[GenerateSerializer, Immutable]
public sealed record ImportWork(TableName Table, long Generation, PictureViews Views);
