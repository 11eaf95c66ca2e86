namespace ImageSearch;

/// <summary>What the vectors of a picture are for, which decides the model and the order of work.</summary>
/// <param name="Model">The model of the table; null for the model of new tables.</param>
/// <param name="Use">The call that needs the vectors.</param>
[GenerateSerializer, Immutable]
public sealed record EmbeddingTarget(ModelIdentity? Model, EmbeddingUse Use)
{
    /// <summary>A picture that is added, by the model of new tables.</summary>
    public static EmbeddingTarget NewTable { get; } = new(null, EmbeddingUse.Add);

    /// <summary>The part of the picture to embed as if it were the whole picture; null for all of it.</summary>
    [Id(2)]
    public PictureRegion? Region { get; init; }

    /// <summary>Whether to find the box of the main object even where only the whole picture is embedded.</summary>
    [Id(3)]
    public bool WantsBox { get; init; }

    /// <summary>What is to be kept of the picture; nothing of a search's, or of a part.</summary>
    [Id(4)]
    public KeepPictures Keeps { get; init; }

    /// <summary>The API key that the call was made with; null for the holder of TOKEN and an open service.</summary>
    [Id(5)]
    public string? Owner { get; init; }

    /// <summary>
    /// Between whom the lanes are shared: an API key, or the address of a client without one; null for that of <see cref="Owner"/>, as of
    /// imports.
    /// </summary>
    [Id(6)]
    public string? Share { get; init; }

    /// <summary>Whom the lanes know as the picture's owner; null for nobody in particular.</summary>
    public string? LaneOwner => Share ?? Owner;
}

/// <summary>The call that needs the vectors of a picture.</summary>
[GenerateSerializer]
public enum EmbeddingUse
{
    /// <summary>A search. Its vectors are cached: customers often search with the same picture again.</summary>
    Search,

    /// <summary>An add or a change of one picture.</summary>
    Add,

    /// <summary>An import, which waits while pictures of other calls wait.</summary>
    Import,
}
