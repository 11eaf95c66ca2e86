namespace ImageSearch.Silo;

/// <summary>The log messages of this project.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.TablesFetched, Level = LogLevel.Information, Message = "{Tables} tables move to this silo, one of {Silos}")]
    public static partial void TablesFetched(this ILogger logger, int tables, int silos);

    [LoggerMessage(EventId = EventIds.TableFetchFailed, Level = LogLevel.Warning, Message = "Tables can't be moved to this silo; it will try again")]
    public static partial void TableFetchFailed(this ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = EventIds.PortsUnprotected, Level = LogLevel.Warning,
        Message = "The ports {SiloPort} (SILO_PORT) and {GatewayPort} (GATEWAY_PORT) have no protection: every program that reaches them can "
            + "read and change all tables. Set CLUSTER_TLS_CERT, CLUSTER_TLS_KEY and CLUSTER_TLS_CA, or keep the ports in a network of the silos and front ends")]
    public static partial void PortsUnprotected(this ILogger logger, int siloPort, int gatewayPort);

    [LoggerMessage(
        EventId = EventIds.CertificateRenewed, Level = LogLevel.Information,
        Message = "The cluster's certificate was renewed; it is valid until {NotAfter:O}")]
    public static partial void CertificateRenewed(this ILogger logger, DateTime notAfter);

    [LoggerMessage(
        EventId = EventIds.CertificateUnusable, Level = LogLevel.Warning,
        Message = "CLUSTER_TLS_CERT, CLUSTER_TLS_KEY or CLUSTER_TLS_CA has changed and can't be used; the previous certificate stays in use: {Reason}")]
    public static partial void CertificateUnusable(this ILogger logger, string reason);

    [LoggerMessage(EventId = EventIds.BackendServiceFailed, Level = LogLevel.Critical, Message = "A background service has failed; the process stops")]
    public static partial void BackendServiceFailed(this ILogger logger, Exception exception);
}
