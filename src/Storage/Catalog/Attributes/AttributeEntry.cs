namespace ImageSearch.Storage.Catalog.Attributes;

/// <summary>
/// A value of a row in the index of attributes. The index is a table of (generation, attribute, value, id) beside the rows; the entries of
/// a row are computed from it, see <see cref="AttributeEntries"/>.
/// </summary>
/// <param name="Attribute">The attribute's name, or <see cref="ProductId"/>.</param>
/// <param name="Value">The value.</param>
internal readonly record struct AttributeEntry(string Attribute, IndexedValue Value)
{
    /// <summary>The name under which product ids are indexed; no attribute can have it (<see cref="AttributeDefinition.ReservedNames"/>).</summary>
    public const string ProductId = "product_id";
}
