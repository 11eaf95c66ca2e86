using System.Globalization;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>
/// Identifies the collections of one catalog by their description. A server can have collections of other systems and other catalogs
/// with similar names.
/// </summary>
/// <param name="catalog">The catalog's identity, which never changes.</param>
internal sealed class CollectionOwner(long catalog)
{
    /// <summary>The description of this catalog's collections.</summary>
    public string Description { get; } = string.Create(CultureInfo.InvariantCulture, $"ImageSearch catalog {catalog:x16}");

    public bool Owns(MilvusCollectionDescription collection) => collection.Description == Description;
}
