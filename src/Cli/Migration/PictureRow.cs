using ImageSearch.Storage.Migration;
using ImageSearch.Storage.Milvus.Migration;

namespace ImageSearch.Cli.Migration;

/// <summary>A row whose picture is looked for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Texts">Its texts, in the order in which they may name a file.</param>
internal sealed record PictureRow(long Id, IReadOnlyList<RowText> Texts)
{
    public static PictureRow Of(PythonRow row) => new(row.Id, [new RowText("brief", row.Brief), new RowText("tags", row.Tags)]);

    public static PictureRow Of(CollectionRow row) => new(row.Id, [new RowText("path", row.Path, IsPath: true), new RowText("key", row.Key)]);
}

/// <summary>A text of a row.</summary>
/// <param name="Name">What patterns of URLs call it.</param>
/// <param name="Text">The text.</param>
/// <param name="IsPath">Its slashes part folders.</param>
internal readonly record struct RowText(string Name, string? Text, bool IsPath = false);
