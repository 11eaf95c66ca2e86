namespace ImageSearch.Silo;

/// <summary>Event ids of this project: 300 to 399.</summary>
internal static class EventIds
{
    public const int TablesFetched = 301;
    public const int TableFetchFailed = 302;
    public const int PortsUnprotected = 305;
    public const int CertificateRenewed = 306;
    public const int CertificateUnusable = 307;
    public const int BackendServiceFailed = 310;
}
