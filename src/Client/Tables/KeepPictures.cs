using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Tables;

/// <summary>What is kept of a picture besides its vectors.</summary>
[JsonConverter(typeof(WordConverter<KeepPictures>))]
public enum KeepPictures
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Nothing.</summary>
    None,

    /// <summary>A thumbnail.</summary>
    Thumbnail,

    /// <summary>The file as it was sent, and a thumbnail.</summary>
    Original,
}
