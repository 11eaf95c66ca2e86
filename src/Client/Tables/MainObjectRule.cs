using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Tables;

/// <summary>Where the main object of a picture gets a vector of its own.</summary>
[JsonConverter(typeof(WordConverter<MainObjectRule>))]
public enum MainObjectRule
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Nowhere.</summary>
    Off,

    /// <summary>In searches.</summary>
    Query,

    /// <summary>In searches and in the table.</summary>
    Both,
}
