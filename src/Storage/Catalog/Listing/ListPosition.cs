using System.Globalization;
using ImageSearch.Storage.Catalog.Attributes;

namespace ImageSearch.Storage.Catalog.Listing;

/// <summary>A position in an order: after the item with this value and id.</summary>
/// <param name="Value">The value of the field by which items are ordered; null for none.</param>
/// <param name="Id">The id, by which items of one value are ordered in the same direction.</param>
internal readonly record struct ListPosition(IndexedValue? Value, long Id)
{
    public ItemPosition ToItemPosition() =>
        new(Value is { } value ? value.Text ?? value.Number.ToString("R", CultureInfo.InvariantCulture) : null, Id);
}
