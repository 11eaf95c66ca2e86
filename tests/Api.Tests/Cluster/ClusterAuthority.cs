using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImageSearch.Api.Tests.Cluster;

/// <summary>A certificate authority of a test, with files as an operator has them.</summary>
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

    public string CertificateFile => Path.Combine(_folder, "process.pem");

    public string KeyFile => Path.Combine(_folder, "process.key");

    public string AuthorityFile => Path.Combine(_folder, "authority.pem");

    public (string Name, string Value)[] Settings =>
        [("CLUSTER_TLS_CERT", CertificateFile), ("CLUSTER_TLS_KEY", KeyFile), ("CLUSTER_TLS_CA", AuthorityFile)];

    /// <summary>Replaces the process's certificate and key.</summary>
    /// <param name="days">How long it is valid; a negative number makes one that has expired.</param>
    /// <returns>Its thumbprint.</returns>
    public string Issue(int days = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=imagesearch", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        var (from, to) = days < 0 ? (Now.AddMinutes(-50), Now.AddMinutes(-10)) : (Now.AddMinutes(-50), Now.AddDays(days));
        using var certificate = request.Create(_certificate, from, to, Guid.NewGuid().ToByteArray());
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        return certificate.Thumbprint;
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
