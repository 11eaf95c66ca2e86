using System.Diagnostics.CodeAnalysis;
using ImageSearch.Cli.Service;
using ImageSearch.Fetching;
using ImageSearch.Fetching.Paths;

namespace ImageSearch.Cli.Imports;

/// <summary>
/// The pictures of a folder and those below it, by their names. Hidden files and links are left out. They are sent in parts, so that an
/// interrupted import repeats little and the service embeds one part while it receives the next.
/// </summary>
internal sealed class PictureFolder : IImportSource
{
    private const int MaxFilesPerPart = 500;
    private const long MaxBytesPerPart = 32 << 20;
    private const int MaxKeyLength = 255;

    private readonly PictureKey _key;
    private readonly List<PictureFile> _files = [];
    private readonly ContentKeys _contents = new();

    private PictureFolder(string path, PictureKey key) => (Path, _key) = (path, key);

    public string Path { get; }

    public long? Count => _files.Count;

    /// <summary>Files that can't be pictures of an import, with the reason.</summary>
    public List<(string Name, string Reason)> Refused { get; } = [];

    /// <summary>How many files had the content of another one, which is sent once with <see cref="PictureKey.Md5"/>.</summary>
    public long SameContent => _contents.Repeated;

    /// <summary>Lists a folder.</summary>
    /// <exception cref="CommandException">Two files have the same key.</exception>
    public static PictureFolder Read(string path, PictureKey key)
    {
        var folder = new PictureFolder(System.IO.Path.GetFullPath(path), key);
        folder.List();
        folder.CheckKeys();
        return folder;
    }

    public IEnumerable<ImportPart> Parts()
    {
        var files = new List<PictureFile>();
        long bytes = 0;
        foreach (var file in _files)
        {
            if (files.Count == MaxFilesPerPart || (files.Count > 0 && bytes + file.Bytes > MaxBytesPerPart))
            {
                yield return new PictureFolderPart(files, KeyOf, _key, _contents);
                (files, bytes) = ([], 0);
            }

            files.Add(file);
            bytes += file.Bytes;
        }

        if (files.Count > 0) yield return new PictureFolderPart(files, KeyOf, _key, _contents);
    }

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The key of /api/image/sim/* by default.")]
    private string KeyOf(PictureFile file, ReadOnlyMemory<byte> content) =>
        _key == PictureKey.Md5 ? Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(content.Span)) : NameKeyOf(file);

    private string NameKeyOf(PictureFile file) => _key switch
    {
        PictureKey.FileName => System.IO.Path.GetFileName(file.Name),
        PictureKey.Stem => System.IO.Path.GetFileNameWithoutExtension(file.Name),
        _ => file.Name,
    };

    private void List()
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        foreach (var found in new DirectoryInfo(Path).EnumerateFiles("*", options))
        {
            if (!PictureFolderReader.HasPictureName(found.Name)) continue;
            var name = System.IO.Path.GetRelativePath(Path, found.FullName).Replace(System.IO.Path.DirectorySeparatorChar, '/');
            var file = new PictureFile(found.FullName, name, found.Length, found.LastWriteTimeUtc.Ticks);
            if (WhyRefused(file) is { } reason) Refused.Add((name, reason));
            else _files.Add(file);
        }

        _files.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
    }

    private string? WhyRefused(PictureFile file) => file switch
    {
        { Bytes: 0 } => "the file is empty",
        { Bytes: > PictureLoader.MaxPictureBytes } => $"the file has {file.Bytes} bytes, but a picture has at most {PictureLoader.MaxPictureBytes}",
        _ when NameKeyOf(file).Length > MaxKeyLength => $"its key is longer than {MaxKeyLength} characters; use --key md5",
        _ => null,
    };

    private void CheckKeys()
    {
        if (_key is PictureKey.Md5 or PictureKey.Path) return;
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in _files)
        {
            // The service ignores white space around a key.
            if (seen.TryAdd(NameKeyOf(file).Trim(), file.Name)) continue;
            throw new CommandException($"the files '{seen[NameKeyOf(file).Trim()]}' and '{file.Name}' have the same key; use --key path");
        }
    }
}
