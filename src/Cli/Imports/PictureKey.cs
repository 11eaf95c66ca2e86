namespace ImageSearch.Cli.Imports;

/// <summary>What the key of a file of a folder is.</summary>
internal enum PictureKey
{
    /// <summary>Its path relative to the folder.</summary>
    Path,

    /// <summary>Its name.</summary>
    FileName,

    /// <summary>Its name without the extension.</summary>
    Stem,

    /// <summary>The MD5 of its content.</summary>
    Md5,
}
