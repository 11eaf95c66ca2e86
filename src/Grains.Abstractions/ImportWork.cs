namespace ImageSearch;

/// <summary>What to do with the pictures of an import.</summary>
/// <param name="Table">The table to add to.</param>
/// <param name="Generation">The generation of the table.</param>
/// <param name="Views">The views to embed.</param>
/// <param name="Model">The model of the table; null from processes of older versions, which know one model.</param>
[GenerateSerializer, Immutable]
public sealed record ImportWork(TableName Table, long Generation, PictureViews Views, ModelIdentity? Model = null)
{
    /// <summary>What to do with an item whose key is there.</summary>
    [Id(4)]
    public KeyRule OnExistingKey { get; init; }

    /// <summary>Whether pictures are only loaded and embedded, and nothing is stored.</summary>
    [Id(5)]
    public bool IsDryRun { get; init; }

    /// <summary>When the import began, as <see cref="ImportStatus.Began"/>; null from processes of older versions.</summary>
    [Id(6)]
    public string? Began { get; init; }

    /// <summary>What is kept of the pictures.</summary>
    [Id(7)]
    public KeepPictures Keeps { get; init; }

    /// <summary>The API key that began the import; null for the holder of TOKEN and an open service.</summary>
    [Id(8)]
    public string? Owner { get; init; }

    /// <summary>
    /// How pictures are checked for duplicates, after the table's settings; null if neither these nor the client say so, and from processes of
    /// older versions.
    /// </summary>
    [Id(9)]
    public DuplicateCheck? Duplicates { get; init; }
}
