namespace ImageSearch.Storage;

/// <summary>Ids of log events, 2100..2399: SQLite from 2100, backups from 2150, originals from 2180, MySQL from 2200, the embedded vector
/// store from 2300.</summary>
internal static class EventIds
{
    public const int SqliteCatalogOpened = 2100;
    public const int SqliteCatalogClosed = 2101;
    public const int SqliteCommitFailed = 2102;
    public const int SqliteWriteFailed = 2103;
    public const int DroppedRowsRemoved = 2104;
    public const int DropPaused = 2105;
    public const int CheckpointFailed = 2106;
    public const int SqliteReadFailed = 2107;
    public const int LayoutUpgradeStarted = 2108;
    public const int LayoutUpgradeProgress = 2109;
    public const int LayoutUpgradeEnded = 2110;
    public const int RowsMissing = 2111;
    public const int WriteAheadLogSaved = 2112;
    public const int CatalogFilesGone = 2113;
    public const int IndexingPaused = 2114;

    public const int BackupStarted = 2150;
    public const int BackupFinished = 2151;
    public const int BackupCancelled = 2152;
    public const int BackupFailed = 2153;
    public const int BackupNotRemoved = 2154;
    public const int OldBackupsNotRemoved = 2155;
    public const int BackupFolderUnusable = 2156;

    public const int ObjectMissing = 2180;
    public const int ObjectsSwept = 2181;

    public const int MySqlCatalogOpened = 2200;
    public const int MySqlCatalogClosed = 2201;
    public const int MySqlCommitFailed = 2202;
    public const int CommitOutcomeUnknown = 2203;
    public const int TableRemoved = 2204;
    public const int SweepFailed = 2205;
    public const int Retrying = 2206;
    public const int TableAdopted = 2207;
    public const int CreationAbandoned = 2208;
    public const int IndexingFailed = 2209;
    public const int KeyAdded = 2210;
    public const int TableIndexingFailed = 2211;

    public const int SnapshotRejected = 2300;
    public const int IndexSaveFailed = 2301;
    public const int TableLargerThanLimit = 2302;
    public const int IndexFolderNotRemoved = 2303;
    public const int ClosedUnsaved = 2304;
    public const int LinkingProgress = 2305;
    public const int LinkingEnded = 2306;
    public const int IndexUpkeepFailed = 2307;
    public const int IndexSaved = 2308;
}
