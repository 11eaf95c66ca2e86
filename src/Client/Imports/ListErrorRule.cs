using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Imports;

/// <summary>What an invalid line of a list does.</summary>
[JsonConverter(typeof(WordConverter<ListErrorRule>))]
public enum ListErrorRule
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It refuses the whole list; nothing is imported.</summary>
    Stop,

    /// <summary>It is a failure of its line; pictures are imported while the list arrives.</summary>
    Continue,
}
