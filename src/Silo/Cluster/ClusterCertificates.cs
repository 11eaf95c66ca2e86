using System.Net.Security;
using System.Security.Cryptography;
using ImageSearch.Silo.Settings;
using Orleans.Connections.Security;

namespace ImageSearch.Silo.Cluster;

/// <summary>
/// Mutual TLS between the processes of a cluster: each presents a certificate and accepts only those of its own authorities. New
/// connections check the files for changes, so a renewed certificate needs no restart; existing connections are kept.
/// </summary>
internal sealed class ClusterCertificates
{
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(10);

    private readonly ClusterTlsSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private PemFiles _read;
    private ClusterIdentity _identity;
    private long _readAt;

    /// <exception cref="CryptographicException">The files can't be used. Reading the settings has checked them.</exception>
    public ClusterCertificates(ClusterTlsSettings settings, TimeProvider time, ILogger logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        _read = PemFiles.Read(settings);
        (_identity, _readAt) = (ClusterIdentity.Parse(_read), time.GetTimestamp());
    }

    public void Configure(TlsOptions options)
    {
        // The options need both. The contexts below replace them: they send the intermediate certificates too.
        options.LocalServerCertificateSelector = (_, _) => Current().Certificate;
        options.LocalClientCertificateSelector = (_, _, _, _, _) => Current().Certificate;
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        // Not by host name: addresses of processes change. A certificate of the authority makes a process a member of the cluster.
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
            if (_time.GetElapsedTime(_readAt) < ReadInterval) return _identity;
            _readAt = _time.GetTimestamp();
            try
            {
                // By content: in a Kubernetes volume the file is a link to another folder, so its time does not show a change.
                var read = PemFiles.Read(_settings);
                if (read == _read) return _identity;
                _read = read;
                var renewed = ClusterIdentity.Parse(read);
                if (!renewed.IsValid) throw new CryptographicException("The certificate is not valid today or not issued by the authority.");
                _identity = renewed;
                _logger.CertificateRenewed(renewed.Certificate.NotAfter);
            }
            catch (Exception e) when (PemFiles.IsUnusable(e))
            {
                // While files are being replaced, key and certificate may not match yet.
                _logger.CertificateUnusable(e.Message);
            }

            return _identity;
        }
    }
}
