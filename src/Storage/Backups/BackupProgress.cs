namespace ImageSearch.Storage.Backups;

/// <summary>The progress of a backup, which other threads may read while it is written.</summary>
public sealed class BackupProgress
{
    private long _work;
    private long _bytes;
    private long _catalogBytes;
    private long _indexBytes;

    /// <summary>Bytes copied so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Bytes of the copy, estimated.</summary>
    public long TotalBytes => Interlocked.Read(ref _catalogBytes) + Interlocked.Read(ref _indexBytes);

    /// <summary>Bytes copied and checked so far: those of the catalog count twice.</summary>
    public long Work => Interlocked.Read(ref _work);

    /// <summary>What <see cref="Work"/> is at the end, estimated.</summary>
    public long TotalWork => (2 * Interlocked.Read(ref _catalogBytes)) + Interlocked.Read(ref _indexBytes);

    internal void SetCatalog(long bytes) => Interlocked.Exchange(ref _catalogBytes, bytes);

    internal void SetIndexes(long bytes) => Interlocked.Exchange(ref _indexBytes, bytes);

    internal void AddBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);

    internal void AddWork(long bytes) => Interlocked.Add(ref _work, bytes);
}
