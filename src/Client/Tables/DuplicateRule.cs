using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Tables;

/// <summary>What an add does with a picture that the table has already, or almost.</summary>
[JsonConverter(typeof(WordConverter<DuplicateRule>))]
public enum DuplicateRule
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Adds it; nothing is compared.</summary>
    Allow,

    /// <summary>Fails with <see cref="Problems.ProblemCode.DuplicatePicture"/>.</summary>
    Reject,

    /// <summary>Keeps the item that is there, and stores nothing.</summary>
    Return,
}
