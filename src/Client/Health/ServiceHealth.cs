using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace ImageSearch.Client.Health;

/// <summary>Whether the service can work.</summary>
public sealed record ServiceHealth
{
    /// <summary><c>Healthy</c> if all of its parts answer.</summary>
    public string Status { get; init; } = "";

    /// <summary>What the process does: <c>alone</c>, <c>frontend</c> or <c>silo</c>.</summary>
    public string Role { get; init; } = "";

    /// <summary>Each part, such as <c>catalog</c>, with its state.</summary>
    public IReadOnlyDictionary<string, string> Checks { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The rows that wait for the index.</summary>
    [JsonPropertyName("waitingRows")]
    public long WaitingRows { get; init; }

    /// <summary>When the service answered by its own clock; null if it did not say.</summary>
    [JsonIgnore]
    public DateTimeOffset? Date { get; init; }

    /// <summary>Whether all parts answer.</summary>
    [JsonIgnore]
    public bool IsHealthy => Status == "Healthy";
}
