using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Reembedding;

/// <summary>How far the change of a table's model is.</summary>
[JsonConverter(typeof(WordConverter<ReembedState>))]
public enum ReembedState
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>The table has the model.</summary>
    Finished,

    /// <summary>More pictures than allowed could not be embedded; the table keeps its model.</summary>
    Failed,

    /// <summary>It was cancelled; the table keeps its model.</summary>
    Cancelled,
}
