namespace ImageSearch.Storage.Backups;

/// <summary>
/// Bounds what a backup takes of the disk: bytes per second, and space. Time that it was behind is not made up for by a burst.
/// </summary>
internal sealed class BackupPace(BackupOptions options, IReadOnlyList<string> folders, BackupProgress progress, TimeProvider time)
{
    // Shorter delays are collected: a timer has a resolution of some milliseconds.
    private static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(5);

    private const long BytesBetweenChecks = 16L << 20;

    private readonly double _bytesPerSecond = options.MegabytesPerSecond * (double)(1 << 20);
    private readonly long _began = time.GetTimestamp();
    private TimeSpan _due;
    private long _unchecked;

    /// <summary>Throws if a copy of this size does not fit on the disk of the backups.</summary>
    /// <exception cref="BackupException">It does not fit.</exception>
    public void CheckSpace(long bytes)
    {
        if (options.FreeBytes(options.Folder) - bytes < DiskReserve.Bytes)
            throw new BackupException(
                FailureCode.BackupUnavailable,
                $"the disk of BACKUP_PATH has no room for {bytes >> 20} MB beside a reserve of {DiskReserve.Bytes >> 20} MB; free some space, lower "
                + "BACKUP_KEEP or set BACKUP_PATH to a folder on another disk");
    }

    /// <summary>Counts bytes that were copied or checked, and waits until the next may be.</summary>
    /// <exception cref="BackupException">The disk's reserve is reached.</exception>
    public async ValueTask SpendAsync(long bytes, CancellationToken cancellationToken)
    {
        progress.AddWork(bytes);
        CheckReserve(bytes);
        var now = time.GetElapsedTime(_began);
        _due = (_due > now ? _due : now) + TimeSpan.FromSeconds(bytes / _bytesPerSecond);
        var wait = _due - now;
        if (wait >= MinDelay) await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        else cancellationToken.ThrowIfCancellationRequested();
    }

    // The write-ahead log of the data folder grows while its catalog is copied, so its disk counts too.
    private void CheckReserve(long bytes)
    {
        _unchecked += bytes;
        if (_unchecked < BytesBetweenChecks) return;
        _unchecked = 0;
        foreach (var folder in folders)
        {
            if (options.FreeBytes(folder) < DiskReserve.Bytes)
                throw new BackupException(
                    FailureCode.BackupUnavailable,
                    $"a disk has reached the reserve of {DiskReserve.Bytes >> 20} MB that the catalog needs; free some space, or set BACKUP_PATH to a folder on "
                    + "another disk");
        }
    }
}
