namespace ImageSearch;

/// <summary>A picture of an import's list: exactly one of <paramref name="Url"/> and <paramref name="Path"/> says where it is.</summary>
/// <param name="Line">Its line in the list, from 1.</param>
/// <param name="Url">Where to fetch it.</param>
/// <param name="Path">A file on the machines that embed; below a folder of IMAGE_ROOTS.</param>
/// <param name="Texts">What the shop says about it; always with a key, by which a repeated picture replaces its row.</param>
[GenerateSerializer, Immutable]
public sealed record ImportItem(long Line, string? Url, string? Path, PictureTexts Texts);

/// <summary>A piece of an import's list.</summary>
/// <param name="Number">Its place, from 0, without gaps.</param>
/// <param name="Items">Its pictures, 1..<see cref="MaxItems"/>.</param>
[GenerateSerializer, Immutable]
public sealed record ImportItems(int Number, IReadOnlyList<ImportItem> Items)
{
    /// <summary>The most pictures in one piece: a silo that dies loses the work on no more of them.</summary>
    public const int MaxItems = 32;
}
