using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Keys;

/// <summary>What an API key may do; no scope includes another.</summary>
[JsonConverter(typeof(WordConverter<KeyScope>))]
public enum KeyScope
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Search, get, list, count, export.</summary>
    Read,

    /// <summary>Add, change and delete items; imports.</summary>
    Write,

    /// <summary>Create, configure, load and drop tables.</summary>
    Admin,
}
