using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>A certificate authority for tests, with PEM files as an operator has them.</summary>
internal sealed class ClusterAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly string _folder = Directory.CreateTempSubdirectory("imagesearch-tls-").FullName;

    public ClusterAuthority()
    {
        var request = new CertificateRequest("CN=test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(Now.AddHours(-1), Now.AddDays(2));
        File.WriteAllText(AuthorityFile, _certificate.ExportCertificatePem());
        Issue();
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public string CertificateFile => Path.Combine(_folder, "current", "process.pem");

    public string KeyFile => Path.Combine(_folder, "current", "process.key");

    public string AuthorityFile => Path.Combine(_folder, "authority.pem");

    public (string Name, string Value)[] Settings =>
        [("CLUSTER_TLS_CERT", CertificateFile), ("CLUSTER_TLS_KEY", KeyFile), ("CLUSTER_TLS_CA", AuthorityFile)];

    /// <summary>Replaces the process's certificate and key like a Kubernetes volume: a link changes to another folder.</summary>
    /// <param name="days">Validity; a negative number makes an expired certificate.</param>
    /// <param name="usages">Extended key usages; default: server and client authentication.</param>
    /// <returns>Its thumbprint.</returns>
    public string Issue(int days = 1, params string[] usages)
    {
        if (usages is []) usages = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];
        var version = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=imagesearch", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(usage => new Oid(usage))], false));
        var (from, to) = days < 0 ? (Now.AddMinutes(-50), Now.AddMinutes(-10)) : (Now.AddMinutes(-50), Now.AddDays(days));
        using var certificate = request.Create(_certificate, from, to, Guid.NewGuid().ToByteArray());
        File.WriteAllText(Path.Combine(version, "process.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(version, "process.key"), key.ExportPkcs8PrivateKeyPem());
        var link = Path.Combine(_folder, "current");
        File.Delete(link);
        File.CreateSymbolicLink(link, version);
        return certificate.Thumbprint;
    }

    /// <summary>A file with this authority and another.</summary>
    public string AuthorityWith(ClusterAuthority other)
    {
        var both = Path.Combine(_folder, "both.pem");
        File.WriteAllText(both, $"{_certificate.ExportCertificatePem()}\n{other._certificate.ExportCertificatePem()}");
        return both;
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
