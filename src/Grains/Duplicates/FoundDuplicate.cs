namespace ImageSearch.Grains.Duplicates;

/// <summary>The item of a table that a picture duplicates.</summary>
/// <param name="Item">The item.</param>
/// <param name="Score">The score of the two pictures.</param>
internal sealed record FoundDuplicate(Item Item, float Score);
