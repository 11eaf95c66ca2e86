using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImageSearch.Silo.Cluster;

/// <summary>A process's certificate and the authorities that it trusts. Not disposed when it is replaced: connections may still use it.</summary>
internal sealed class ClusterIdentity
{
    // A process is a server to some and a client of others. A certificate without key usages is good for both.
    private static readonly Oid[] Usages = [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")];

    private readonly X509Certificate2Collection _between;
    private readonly X509Certificate2Collection _authorities;

    private ClusterIdentity(X509Certificate2 certificate, X509Certificate2Collection between, X509Certificate2Collection authorities)
    {
        (Certificate, _between, _authorities) = (certificate, between, authorities);
        Context = SslStreamCertificateContext.Create(certificate, between, offline: true);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate with those between it and the authority.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Whether the process would accept its own certificate.</summary>
    public bool IsValid => Accepts(Certificate, null);

    /// <exception cref="CryptographicException">The texts are not PEM, or key and certificate do not fit.</exception>
    public static ClusterIdentity Parse(PemFiles files)
    {
        using var pem = X509Certificate2.CreateFromPem(files.Certificate, files.Key);
        // Windows' TLS takes no key that lives in memory only; by way of PKCS #12 it is the same everywhere.
        var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
        var between = new X509Certificate2Collection();
        between.ImportFromPem(files.Certificate);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(files.Authorities);
        if (authorities.Count == 0) throw new CryptographicException("The file of CLUSTER_TLS_CA has no certificate.");
        return new ClusterIdentity(certificate, between, authorities);
    }

    /// <summary>Whether a certificate is valid today, was issued by one of the authorities, and may serve a server and a client.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="sent">The chain that came with it.</param>
    public bool Accepts(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_authorities);
        policy.ExtraStore.AddRange(_between);
        if (sent is not null) policy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        foreach (var usage in Usages) policy.ApplicationPolicy.Add(usage);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }
}
