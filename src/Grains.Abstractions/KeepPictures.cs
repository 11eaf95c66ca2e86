namespace ImageSearch;

/// <summary>What is kept of the pictures of a table besides their vectors. Each value includes those before it.</summary>
[GenerateSerializer]
public enum KeepPictures
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A thumbnail.</summary>
    Thumbnail,

    /// <summary>A thumbnail, and the file as it was sent.</summary>
    Original,
}
