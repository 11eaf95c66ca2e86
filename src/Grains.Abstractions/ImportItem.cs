namespace ImageSearch;

/// <summary>A picture of an import's list. Exactly one of <paramref name="Url"/> and <paramref name="Path"/> is set.</summary>
/// <param name="Line">Its line number in the list, from 1.</param>
/// <param name="Url">The URL to fetch it from.</param>
/// <param name="Path">A file on the machines that embed, below a folder of IMAGE_ROOTS.</param>
/// <param name="Texts">The shop's texts, always with a key. A picture with the same key replaces its row.</param>
[GenerateSerializer, Immutable]
public sealed record ImportItem(long Line, string? Url, string? Path, PictureTexts Texts);

/// <summary>A piece of an import's list.</summary>
/// <param name="Number">Its number in the list, from 0, without gaps.</param>
/// <param name="Items">Its pictures, 1..<see cref="MaxItems"/>.</param>
[GenerateSerializer, Immutable]
public sealed record ImportItems(int Number, IReadOnlyList<ImportItem> Items)
{
    /// <summary>Maximum pictures in a piece. It bounds the work that is lost when a silo dies.</summary>
    public const int MaxItems = 32;
}
