using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Tables;

/// <summary>What a put does with an item whose key is there.</summary>
[JsonConverter(typeof(WordConverter<KeyRule>))]
public enum KeyRule
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Replaces it.</summary>
    Replace,

    /// <summary>Keeps it.</summary>
    Skip,

    /// <summary>Fails with <see cref="Problems.ProblemCode.ItemExists"/>.</summary>
    Fail,
}
