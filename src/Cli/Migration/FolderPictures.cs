using System.Globalization;
using ImageSearch.Fetching;

namespace ImageSearch.Cli.Migration;

/// <summary>
/// Pictures in a folder: the file whose name stands in one of the row's texts, or the one that is named by the row's id (<c>17.jpg</c>). Only
/// plain file names count, so that no text in a row leads out of the folder.
/// </summary>
internal sealed class FolderPictures(DirectoryInfo folder) : IRowPictures
{
    private const long MaxBytes = PictureLoader.MaxPictureBytes;

    private static readonly string[] Extensions = ["", ".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".avif"];

    public async Task<Result<ReadOnlyMemory<byte>>> FindAsync(PictureRow row, CancellationToken cancellationToken)
    {
        var id = row.Id.ToString(CultureInfo.InvariantCulture);
        foreach (var name in row.Texts.Select(text => text.Text).Append(id).Where(IsFileName))
        {
            foreach (var extension in Extensions)
            {
                var file = new FileInfo(Path.Combine(folder.FullName, name + extension));
                if (!file.Exists || file.LinkTarget is not null) continue;
                if (file.Length is 0 or > MaxBytes)
                    return Refused($"the file {file.Name} has {file.Length} bytes, and pictures have 1 to {MaxBytes}");
                return new ReadOnlyMemory<byte>(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
            }
        }

        return Refused($"the folder of pictures has no file that its {string.Join(" or ", row.Texts.Select(text => text.Name))} names, and none named {id}");
    }

    private static bool IsFileName(string? text) =>
        !string.IsNullOrWhiteSpace(text) && text is not ("." or "..") && text.IndexOfAny(['/', '\\', ':', '\0']) < 0;

    private static Failure Refused(string reason) => new(FailureCode.PathDenied, reason);
}
