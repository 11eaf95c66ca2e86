namespace ImageSearch.Storage.Backups;

/// <summary>What a backup has, in its file <c>manifest.json</c>. It is written last: a folder with it is complete.</summary>
/// <param name="Format">The format of the backup, at most <see cref="CurrentFormat"/>.</param>
/// <param name="Version">The version of the service that wrote it.</param>
/// <param name="Schema">The schema of its catalog.</param>
/// <param name="Catalog">The identity of its catalog. A restored catalog keeps it.</param>
/// <param name="Began">When it began, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>. It has every write that was acknowledged before.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Tables">Its tables, by name.</param>
/// <param name="Files">Its files besides the manifest.</param>
public sealed record BackupManifest(
    int Format, string Version, long Schema, long Catalog, string Began, string Ended, IReadOnlyList<BackupTable> Tables, IReadOnlyList<BackupFile> Files)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The format that this program writes; it reads no later one.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Bytes of all files.</summary>
    public long TotalBytes() => Files.Sum(file => file.Bytes);

    /// <summary>Rows of all tables.</summary>
    public long TotalRows() => Tables.Sum(table => table.Rows);
}

/// <summary>A table of a backup.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Its rows.</param>
public sealed record BackupTable(string Name, long Rows);

/// <summary>A file of a backup.</summary>
/// <param name="Path">Its path in the backup, with <c>/</c>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hexadecimal.</param>
public sealed record BackupFile(string Path, long Bytes, string Sha256);
