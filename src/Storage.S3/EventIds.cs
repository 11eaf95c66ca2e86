namespace ImageSearch.Storage.S3;

/// <summary>The ids of this project's log events: 2500 to 2599.</summary>
internal static class EventIds
{
    public const int StoreOpened = 2500;
    public const int StoreFailed = 2501;
    public const int StoreRecovered = 2502;
    public const int ObjectRefused = 2503;
}
