using System.Text.Json.Serialization;

namespace ImageSearch;

/// <summary>
/// A picture of an import's list. One of <paramref name="Url"/>, <paramref name="Path"/>, <see cref="IsInline"/>, <see cref="Vectors"/> and
/// <see cref="Failure"/> is set.
/// </summary>
/// <param name="Line">Its line number in the list, from 1.</param>
/// <param name="Url">The URL to fetch it from.</param>
/// <param name="Path">A file on the machines that embed, below a folder of IMAGE_ROOTS.</param>
/// <param name="Texts">The shop's texts. A picture with the same key replaces its row; without a key there is an id.</param>
[GenerateSerializer, Immutable]
public sealed record ImportItem(long Line, string? Url, string? Path, PictureTexts Texts)
{
    /// <summary>Whether the list has the picture itself.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsInline { get; init; }

    /// <summary>
    /// The picture's bytes, or those of <see cref="Kept"/>, in the message to <see cref="IImportGrain.AppendAsync"/> only: the catalog keeps
    /// them beside the list.
    /// </summary>
    [Id(5), JsonIgnore]
    public ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>Why the line is invalid, which is then the picture's result; null if it is valid.</summary>
    [Id(6)]
    public Failure? Failure { get; init; }

    /// <summary>The id and the dates of its row; null for those of the service.</summary>
    [Id(7)]
    public GivenRow? Row { get; init; }

    /// <summary>The picture's vectors, if the list has them instead of the picture.</summary>
    [Id(8)]
    public PictureVectors? Vectors { get; init; }

    /// <summary>The files that are to be kept with the row, beside <see cref="Vectors"/>; null for none.</summary>
    [Id(9)]
    public KeptLengths? Kept { get; init; }

    /// <summary>Whether the catalog keeps bytes of the line beside the list.</summary>
    [JsonIgnore]
    public bool HasBytes => IsInline || Kept is not null;
}

/// <summary>A piece of an import's list.</summary>
/// <param name="Number">Its number in the list, from 0, without gaps.</param>
/// <param name="Items">Its pictures, 1..<see cref="MaxItems"/>.</param>
[GenerateSerializer, Immutable]
public sealed record ImportItems(int Number, IReadOnlyList<ImportItem> Items)
{
    /// <summary>Maximum pictures in a piece. It bounds the work that is lost when a silo dies.</summary>
    public const int MaxItems = 32;

    /// <summary>Bytes of inline pictures at which a piece is full: a message has at most this and one picture more.</summary>
    public const int MaxImageBytes = 4 << 20;

    /// <summary>
    /// Bytes of vectors at which a piece is full. The catalog stores a piece as one value of text, a third longer, which a database accepts
    /// up to some MB.
    /// </summary>
    public const int MaxVectorBytes = 1 << 20;
}
