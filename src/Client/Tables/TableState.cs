using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Tables;

/// <summary>Whether the index of a table has all rows.</summary>
[JsonConverter(typeof(WordConverter<TableState>))]
public enum TableState
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It has.</summary>
    Ready,

    /// <summary>Rows wait for the index.</summary>
    Indexing,
}
