namespace ImageSearch.Storage.Backups;

/// <summary>A finished backup, as its manifest describes it.</summary>
internal static class FinishedBackup
{
    public static BackupStatus StatusOf(BackupName name, BackupManifest manifest)
    {
        var bytes = manifest.TotalBytes();
        return new BackupStatus(
            name, BackupState.Finished, manifest.Began, manifest.Ended, bytes, bytes, manifest.Tables.Count, manifest.TotalRows(), null);
    }
}
