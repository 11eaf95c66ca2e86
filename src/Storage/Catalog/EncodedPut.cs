namespace ImageSearch.Storage.Catalog;

/// <summary>An item to put, with its vectors as columns.</summary>
/// <param name="Position">Its position in the caller's list.</param>
/// <param name="Put">The item.</param>
/// <param name="Vectors">The columns of its vectors.</param>
internal sealed record EncodedPut(int Position, ItemPut Put, EncodedVectors Vectors)
{
    /// <summary>Encodes items; those whose vectors can't be stored get their failures at once.</summary>
    /// <param name="items">The items.</param>
    /// <param name="searchable">As in <see cref="ICatalog.AddAsync"/>.</param>
    /// <param name="results">Where failures go, by position.</param>
    public static List<EncodedPut> From(IReadOnlyList<ItemPut> items, bool searchable, Result<ItemWrite>[] results)
    {
        var encoded = new List<EncodedPut>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            try
            {
                encoded.Add(new EncodedPut(i, items[i], EncodedVectors.From(items[i].Vectors, searchable)));
            }
            catch (ArgumentException e)
            {
                results[i] = new Failure(FailureCode.PictureHasNoVector, e.Message);
            }
        }

        return encoded;
    }
}
