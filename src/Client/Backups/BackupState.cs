using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Backups;

/// <summary>How far a backup is.</summary>
[JsonConverter(typeof(WordConverter<BackupState>))]
public enum BackupState
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It is being written.</summary>
    Running,

    /// <summary>It is complete.</summary>
    Finished,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It could not be written; the fault has the reason.</summary>
    Failed,
}
