using ImageSearch.Client.Items;

namespace ImageSearch.Pages.Items;

/// <summary>What became of an item that was opened.</summary>
/// <param name="Item">The item as it is now; null if it was deleted.</param>
public sealed record ItemOutcome(Item? Item);
