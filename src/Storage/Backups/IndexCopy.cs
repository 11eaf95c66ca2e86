using System.Buffers;
using System.Security.Cryptography;

namespace ImageSearch.Storage.Backups;

/// <summary>
/// Copies the snapshots of the indexes while they are used. It goes before the copy of the catalog, so that a restored index has no row
/// that its catalog lacks: the restored service gives ids and versions of such rows again. A snapshot that is torn is rejected when it is
/// loaded, and rows that it lacks are indexed from the catalog.
/// </summary>
internal sealed class IndexCopy(BackupPace pace, BackupProgress progress)
{
    /// <summary>The folder of the indexes, in the data folder and in a backup.</summary>
    public const string Folder = "index";

    private const string LockFile = "lock";
    private const string UnfinishedFiles = ".new";
    private const string VectorFiles = ".f32";
    private const int BufferBytes = 1 << 20;
    private const long BytesPerFlush = 8L << 20;

    /// <summary>Bytes of the files that would be copied.</summary>
    public static long Measure(string dataFolder) => Tables(dataFolder).SelectMany(Files).Sum(LengthOf);

    /// <summary>Copies all indexes.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="backup">The folder of the backup.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    public async Task<IReadOnlyList<BackupFile>> RunAsync(string dataFolder, string backup, CancellationToken cancellationToken)
    {
        var copied = new List<BackupFile>();
        foreach (var table in Tables(dataFolder))
        {
            foreach (var file in Files(table))
            {
                var path = $"{Folder}/{table.Name}/{file.Name}";
                if (await CopyAsync(file, path, backup, cancellationToken).ConfigureAwait(false) is { } done) copied.Add(done);
            }
        }

        return copied;
    }

    // The table of a file that is gone was dropped.
    private async Task<BackupFile?> CopyAsync(FileInfo file, string path, string backup, CancellationToken cancellationToken)
    {
        FileStream source;
        try
        {
            source = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        await using var ownedSource = source.ConfigureAwait(false);
        var target = Path.Combine(backup, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var written = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true);
        await using var ownedWritten = written.ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long bytes = 0;
            var unflushed = 0L;
            while (await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
                await written.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                (bytes, unflushed) = (bytes + count, unflushed + count);
                if (unflushed >= BytesPerFlush)
                {
                    RandomAccess.FlushToDisk(written.SafeFileHandle);
                    unflushed = 0;
                }

                progress.AddBytes(count);
                await pace.SpendAsync(count, cancellationToken).ConfigureAwait(false);
            }

            RandomAccess.FlushToDisk(written.SafeFileHandle);
            return new BackupFile(path, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static IReadOnlyList<DirectoryInfo> Tables(string dataFolder)
    {
        var root = new DirectoryInfo(Path.Combine(dataFolder, Folder));
        return root.Exists ? [.. root.EnumerateDirectories().OrderBy(table => table.Name, StringComparer.Ordinal)] : [];
    }

    // Vectors last: the file of a later moment has those of an earlier snapshot, but not the other way round.
    private static IReadOnlyList<FileInfo> Files(DirectoryInfo table)
    {
        try
        {
            return
            [
                .. table.EnumerateFiles().Where(file => file.Name != LockFile && file.Extension != UnfinishedFiles)
                    .OrderBy(file => file.Extension == VectorFiles).ThenBy(file => file.Name, StringComparer.Ordinal),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
