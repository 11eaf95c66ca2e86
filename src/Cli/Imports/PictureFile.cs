namespace ImageSearch.Cli.Imports;

/// <summary>A picture of a folder.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Name">Its path relative to the folder, with slashes.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When it was changed last, in ticks.</param>
internal sealed record PictureFile(string Path, string Name, long Bytes, long Modified);
