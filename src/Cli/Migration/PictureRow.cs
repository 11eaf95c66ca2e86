using ImageSearch.Storage.Migration;
using ImageSearch.Storage.Milvus.Migration;

namespace ImageSearch.Cli.Migration;

/// <summary>The id and texts of a row, which locate its picture.</summary>
/// <param name="Id">The id.</param>
/// <param name="Texts">The texts, in the order in which they are tried.</param>
internal sealed record PictureRow(long Id, IReadOnlyList<RowText> Texts)
{
    public static PictureRow Of(PythonRow row) => new(row.Id, [new RowText("brief", row.Brief), new RowText("tags", row.Tags)]);

    public static PictureRow Of(CollectionRow row) => new(row.Id, [new RowText("path", row.Path, IsPath: true), new RowText("key", row.Key)]);
}

/// <summary>A text of a row.</summary>
/// <param name="Name">Its placeholder in URL patterns.</param>
/// <param name="Text">The text.</param>
/// <param name="IsPath">Whether slashes separate folders.</param>
internal readonly record struct RowText(string Name, string? Text, bool IsPath = false);
