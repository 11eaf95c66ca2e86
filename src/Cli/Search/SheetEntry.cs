namespace ImageSearch.Cli.Search;

/// <summary>A hit with its thumbnail; null if none is kept.</summary>
internal sealed record SheetEntry(Client.Search.Hit Hit, Client.Items.PictureFile? Thumbnail);
