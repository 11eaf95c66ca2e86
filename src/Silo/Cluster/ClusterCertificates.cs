using System.Net.Security;
using System.Security.Cryptography;
using ImageSearch.Silo.Settings;
using Orleans.Connections.Security;

namespace ImageSearch.Silo.Cluster;

/// <summary>
/// Mutual TLS between the processes of a cluster: each shows a certificate, and accepts those of its authorities alone. The files are read
/// again while connections are made, so that a renewed certificate needs no restart; connections that exist go on.
/// </summary>
internal sealed partial class ClusterCertificates
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(10);

    private readonly ClusterTlsSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private PemFiles _read;
    private ClusterIdentity _identity;
    private long _readAt;

    /// <exception cref="CryptographicException">The files can't be used; the settings were checked for that before.</exception>
    public ClusterCertificates(ClusterTlsSettings settings, TimeProvider time, ILogger logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        _read = PemFiles.Read(settings);
        (_identity, _readAt) = (ClusterIdentity.Parse(_read), time.GetTimestamp());
    }

    public void Configure(TlsOptions options)
    {
        // Both are replaced below, by what also sends the certificates between this one and the authority.
        options.LocalServerCertificateSelector = (_, _) => Current().Certificate;
        options.LocalClientCertificateSelector = (_, _, _, _, _) => Current().Certificate;
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        // Not by name: processes reach each other by addresses that come and go. Who has a certificate of the authority belongs to the cluster.
        options.RemoteCertificateValidation = (certificate, chain, _) => Current().Accepts(certificate, chain);
        options.OnAuthenticateAsServer = (_, server) =>
        {
            var tls = (SslServerAuthenticationOptions)server.SslServerAuthenticationOptions;
            (tls.ServerCertificateSelectionCallback, tls.ServerCertificateContext) = (null, Current().Context);
        };
        options.OnAuthenticateAsClient = (_, client) =>
        {
            var tls = (SslClientAuthenticationOptions)client.SslClientAuthenticationOptions;
            (tls.LocalCertificateSelectionCallback, tls.ClientCertificateContext, tls.TargetHost) = (null, Current().Context, "imagesearch");
        };
    }

    private ClusterIdentity Current()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_readAt) < ReadEvery) return _identity;
            _readAt = _time.GetTimestamp();
            try
            {
                // By content: the time of a file says nothing where it is a link to another folder, as in a volume of Kubernetes.
                var read = PemFiles.Read(_settings);
                if (read == _read) return _identity;
                _read = read;
                var renewed = ClusterIdentity.Parse(read);
                if (!renewed.IsValid) throw new CryptographicException("The certificate is not valid today or not issued by the authority.");
                _identity = renewed;
                var notAfter = renewed.Certificate.NotAfter;
                LogRenewed(notAfter);
            }
            catch (Exception e) when (PemFiles.IsUnusable(e))
            {
                // Files that are being replaced may not fit each other yet.
                LogUnusable(e.Message);
            }

            return _identity;
        }
    }

    [LoggerMessage(EventId = 306, Level = LogLevel.Information, Message = "The cluster's certificate was renewed; it is valid until {NotAfter:O}")]
    private partial void LogRenewed(DateTime notAfter);

    [LoggerMessage(
        EventId = 307, Level = LogLevel.Warning,
        Message = "CLUSTER_TLS_CERT, CLUSTER_TLS_KEY or CLUSTER_TLS_CA has changed and can't be used; the certificate of before stays: {Reason}")]
    private partial void LogUnusable(string reason);
}
