using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Imports;

/// <summary>How far an import is.</summary>
[JsonConverter(typeof(WordConverter<ImportState>))]
public enum ImportState
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Its list is being received.</summary>
    Receiving,

    /// <summary>Pictures are being imported.</summary>
    Running,

    /// <summary>Every picture is stored or has failed.</summary>
    Finished,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It can't continue; the fault has the reason.</summary>
    Failed,
}
