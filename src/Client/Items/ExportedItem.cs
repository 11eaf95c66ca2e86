namespace ImageSearch.Client.Items;

/// <summary>A line of an export. <see cref="Imports.ImportItem.Of(ExportedItem)"/> imports it into another table.</summary>
public sealed record ExportedItem : Item
{
    /// <summary>The model of the vectors, <c>NAME/VERSION</c>; null without vectors.</summary>
    public string? Model { get; init; }
}
