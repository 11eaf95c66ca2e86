namespace ImageSearch.ServiceDefaults;

/// <summary>Event ids of this project: 260 to 299.</summary>
internal static class EventIds
{
    public const int ExportFailed = 260;
}
