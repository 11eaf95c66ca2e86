using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Tables;

/// <summary>What the distance of a hit is.</summary>
[JsonConverter(typeof(WordConverter<Metric>))]
public enum Metric
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The squared Euclidean distance, 0 to 4; smaller is nearer.</summary>
    L2,

    /// <summary>The inner product, -1 to 1; larger is nearer.</summary>
    Ip,

    /// <summary>The cosine, -1 to 1; larger is nearer.</summary>
    Cosine,
}
