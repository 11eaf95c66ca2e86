namespace ImageSearch.Grains;

/// <summary>The ids of this project's log events: 200 to 259. An id keeps its meaning: operators filter by it.</summary>
internal static class EventIds
{
    public const int CatalogFailed = 201;
    public const int VectorStoreFailed = 202;
    public const int RowNotIndexed = 203;
    public const int TableReopened = 204;
    public const int RowsNotIndexed = 205;

    public const int FeatureUnusable = 210;
    public const int IndexingProgress = 211;
    public const int RowsIndexed = 212;
    public const int TableReconciled = 213;

    public const int TableWarm = 220;
    public const int TableNotWarm = 221;
    public const int TablesNotListed = 222;
    public const int WarmupEnded = 223;
    public const int TableWarmupFailed = 224;
    public const int TablesNotRead = 225;

    public const int ChangesMissed = 230;
    public const int ChangedFeatureUnusable = 231;
    public const int ChangesNotRead = 232;
    public const int ChangesNotApplied = 233;

    public const int VectorStoreUnreachable = 240;
    public const int VectorStoreRecovered = 241;
    public const int TableNotReconciled = 242;
    public const int OrphansNotSwept = 243;
    public const int ReconcilerFailed = 244;

    public const int ImportStarted = 250;
    public const int ImportProgress = 251;
    public const int ImportEnded = 252;
    public const int ImportDelayed = 253;
    public const int ImportsNotResumed = 254;
    public const int ImportNotResumed = 255;

    public const int DuplicateSearchFailed = 256;
    public const int KeyUseNotRecorded = 257;
    public const int AuditNotSwept = 258;
    public const int OriginalsNotSwept = 259;

    public const int ReembedStarted = 245;
    public const int ReembedEnded = 246;
    public const int ReembedFailed = 247;
    public const int ReembedDelayed = 248;
    public const int ReembedsNotResumed = 249;
}
