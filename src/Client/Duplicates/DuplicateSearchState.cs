using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Duplicates;

/// <summary>How far a search for duplicates is.</summary>
[JsonConverter(typeof(WordConverter<DuplicateSearchState>))]
public enum DuplicateSearchState
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A search of another table runs in the process.</summary>
    Waiting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>Its groups can be read.</summary>
    Finished,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It failed; the fault has the reason.</summary>
    Failed,
}
