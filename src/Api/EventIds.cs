namespace ImageSearch.Api;

/// <summary>Ids of this project's log messages: 100 to 199. A number is never reused: operators filter by it.</summary>
internal static class EventIds
{
    public const int RequestFailed = 101;
    public const int RequestRejected = 110;
    public const int SiloUnreachable = 111;
    public const int ClientLockedOut = 112;
    public const int AuditDelayed = 120;
}
