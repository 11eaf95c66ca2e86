using System.Text.Json.Serialization;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Items;

/// <summary>What a put or delete did.</summary>
[JsonConverter(typeof(WordConverter<ItemEffect>))]
public enum ItemEffect
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The item is new.</summary>
    Created,

    /// <summary>The item had the key and was replaced.</summary>
    Replaced,

    /// <summary>The item had the key and was kept.</summary>
    Skipped,

    /// <summary>The item was deleted.</summary>
    Deleted,

    /// <summary>The table has the picture already, or almost; nothing was stored.</summary>
    Duplicate,
}
