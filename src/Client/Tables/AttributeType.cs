using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Tables;

/// <summary>What values an attribute has.</summary>
[JsonConverter(typeof(WordConverter<AttributeType>))]
public enum AttributeType
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Texts of at most 255 characters.</summary>
#pragma warning disable CA1720 // The word that schemas use for it.
    String,
#pragma warning restore CA1720

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Dates.</summary>
    Date,

    /// <summary>Lists of at most 64 texts.</summary>
    StringList,
}
