namespace ImageSearch.Fetching;

/// <summary>Event ids of this project: 4100..4199.</summary>
internal static class EventIds
{
    public const int FetchFailed = 4101;
    public const int ConnectionFailed = 4102;
}
