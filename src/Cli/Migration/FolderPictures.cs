using System.Globalization;
using ImageSearch.Fetching;

namespace ImageSearch.Cli.Migration;

/// <summary>
/// Finds pictures in a folder: the file that one of the row's texts names, or the file whose name is the row's id (<c>17.jpg</c>). Only
/// plain file names are accepted, so no text of a row leads out of the folder.
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
                    return Reject($"the file {file.Name} has {file.Length} bytes, but a picture must have 1 to {MaxBytes}");
                return new ReadOnlyMemory<byte>(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
            }
        }

        return Reject($"the folder of pictures has no file named by its {string.Join(" or ", row.Texts.Select(text => text.Name))}, and none named {id}");
    }

    private static bool IsFileName(string? text) =>
        !string.IsNullOrWhiteSpace(text) && text is not ("." or "..") && text.IndexOfAny(['/', '\\', ':', '\0']) < 0;

    private static Failure Reject(string reason) => new(FailureCode.PathDenied, reason);
}
