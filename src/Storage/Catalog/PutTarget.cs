namespace ImageSearch.Storage.Catalog;

/// <summary>Which row an item that is put replaces.</summary>
public static class PutTarget
{
    /// <summary>The row; null for a new one.</summary>
    /// <param name="row">The id that the item is given, and whether it may share its key; null for none.</param>
    /// <param name="key">The item's key; null for none.</param>
    /// <param name="withId">The row with the item's id; null if there is none, or the item has no id.</param>
    /// <param name="withKey">The oldest row with the item's key; null if there is none, or the item has no key.</param>
    /// <returns>The row, or <see cref="FailureCode.ItemExists"/> if the id or the key is another row's.</returns>
    public static Result<Item?> Find(GivenRow? row, string? key, Item? withId, Item? withKey)
    {
        if (row?.Id is not { } id) return withKey;
        if (withId is null)
        {
            return withKey is null || row.MayShareKey
                ? (Item?)null
                : new Failure(
                    FailureCode.ItemExists,
                    $"the key is that of the row with id {withKey.Id}, not of id {id}; leave out the id to replace that row, use another key, or allow it by shared_keys=true");
        }

        // The documented APIs leave a key empty where others leave it out.
        return (withId.Texts.Key ?? "") == (key ?? "")
            ? withId
            : new Failure(
                FailureCode.ItemExists,
                $"the row with id {id} has {(string.IsNullOrEmpty(withId.Texts.Key) ? "no key" : "another key")}; leave out the id, or use that row's key");
    }
}
