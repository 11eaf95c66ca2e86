using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImageSearch.Silo.Cluster;

/// <summary>
/// A process's certificate and the authorities that it trusts. Not disposed when it is replaced: connections may still use it.
/// </summary>
internal sealed class ClusterIdentity
{
    // Server and client authentication: a process is both. A certificate without extended key usages is valid for all.
    private static readonly Oid[] Usages = [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")];

    private readonly X509Certificate2Collection _intermediates;
    private readonly X509Certificate2Collection _authorities;

    private ClusterIdentity(X509Certificate2 certificate, X509Certificate2Collection intermediates, X509Certificate2Collection authorities)
    {
        (Certificate, _intermediates, _authorities) = (certificate, intermediates, authorities);
        Context = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate with its intermediate certificates.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Whether the process would accept its own certificate.</summary>
    public bool IsValid => Accepts(Certificate, null);

    /// <exception cref="CryptographicException">The texts are not PEM, or the key does not belong to the certificate.</exception>
    public static ClusterIdentity Parse(PemFiles files)
    {
        using var pem = X509Certificate2.CreateFromPem(files.Certificate, files.Key);
        // TLS on Windows rejects ephemeral keys; importing from PKCS #12 works everywhere.
        var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
        var intermediates = new X509Certificate2Collection();
        intermediates.ImportFromPem(files.Certificate);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(files.Authorities);
        if (authorities.Count == 0) throw new CryptographicException("The file of CLUSTER_TLS_CA has no certificate.");
        return new ClusterIdentity(certificate, intermediates, authorities);
    }

    /// <summary>
    /// Whether a certificate is valid today, was issued by one of the authorities, and allows server and client authentication.
    /// </summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="sent">The chain that the other process sent.</param>
    public bool Accepts(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_authorities);
        policy.ExtraStore.AddRange(_intermediates);
        if (sent is not null) policy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        foreach (var usage in Usages) policy.ApplicationPolicy.Add(usage);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }
}
