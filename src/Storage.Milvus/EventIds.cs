namespace ImageSearch.Storage.Milvus;

/// <summary>The ids of this project's log events: 2400 to 2499.</summary>
internal static class EventIds
{
    public const int CollectionLost = 2400;
    public const int OrphanDropped = 2401;
    public const int DropFailed = 2402;
    public const int CircuitOpened = 2420;
    public const int CircuitClosed = 2421;
    public const int CallRetried = 2422;
    public const int UpsertUnsupported = 2423;
}
