using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Tables;

/// <summary>What an add does with a picture that another item has, or almost.</summary>
[JsonConverter(typeof(WordConverter<DuplicateRule>))]
public enum DuplicateRule
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It adds the picture.</summary>
    Allow,

    /// <summary>It fails (<see cref="Problems.ProblemCode.DuplicatePicture"/>).</summary>
    Reject,

    /// <summary>It answers the item that is there.</summary>
    Return,
}
