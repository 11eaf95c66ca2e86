using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Imports;

/// <summary>What the key of a file of a folder is.</summary>
[JsonConverter(typeof(WordConverter<FolderKey>))]
public enum FolderKey
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Its path relative to the folder.</summary>
    Path,

    /// <summary>Its name.</summary>
    Name,

    /// <summary>Its name without the extension.</summary>
    Stem,
}
