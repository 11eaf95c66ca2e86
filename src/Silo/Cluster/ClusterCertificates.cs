using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace ImageSearch.Silo;

/// <summary>
/// Mutual TLS between the processes of a cluster: each shows a certificate, and accepts those of its authorities alone. The files are looked
/// at again while connections are made, so that a renewed certificate needs no restart; connections that exist go on.
/// </summary>
internal sealed class ClusterCertificates
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly ClusterTlsSettings _files;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private Loaded _loaded;
    private DateTime _written;
    private long _looked;

    public ClusterCertificates(ClusterTlsSettings files, TimeProvider time)
    {
        (_files, _time) = (files, time);
        (_loaded, _written, _looked) = (Load(files), LastWritten(files), time.GetTimestamp());
    }

    /// <summary>What is wrong with the files, in a sentence that says what to do; null where they can be used.</summary>
    public static string? Problem(ClusterTlsSettings files)
    {
        try
        {
            var loaded = Load(files);
            return Chains(loaded.Certificate, loaded)
                ? null
                : $"the certificate of CLUSTER_TLS_CERT ({files.CertificateFile}) is not valid today or not issued by an authority of "
                  + $"CLUSTER_TLS_CA ({files.AuthorityFile}): set both to files that belong together";
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"CLUSTER_TLS_CERT, CLUSTER_TLS_KEY or CLUSTER_TLS_CA can't be read: {e.Message} They are PEM files, the key has no password";
        }
    }

    public void Configure(TlsOptions options)
    {
        options.LocalServerCertificateSelector = (_, _) => Current().Certificate;
        options.LocalClientCertificateSelector = (_, _, _, _, _) => Current().Certificate;
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        // Not by name: processes reach each other by addresses that come and go. Who has a certificate of the authority belongs to the cluster.
        options.RemoteCertificateValidation = (certificate, _, _) => Chains(certificate, Current());
        options.OnAuthenticateAsClient = (_, client) => client.TargetHost = "imagesearch";
    }

    private static Loaded Load(ClusterTlsSettings files)
    {
        using var pem = X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile);
        // Windows' TLS takes no key that lives in memory only; by way of PKCS #12 it is the same everywhere.
        var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
        var between = new X509Certificate2Collection();
        between.ImportFromPemFile(files.CertificateFile);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(files.AuthorityFile);
        if (authorities.Count == 0) throw new CryptographicException($"{files.AuthorityFile} has no certificate.");
        return new Loaded(certificate, between, authorities);
    }

    private static bool Chains(X509Certificate2 certificate, Loaded loaded)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(loaded.Authorities);
        chain.ChainPolicy.ExtraStore.AddRange(loaded.Between);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }

    private static DateTime LastWritten(ClusterTlsSettings files) =>
        new[] { files.CertificateFile, files.KeyFile, files.AuthorityFile }.Max(File.GetLastWriteTimeUtc);

    private Loaded Current()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_looked) < LookEvery) return _loaded;
            _looked = _time.GetTimestamp();
            // Files that are being replaced may not fit each other yet: what was valid stays until they do.
            if (LastWritten(_files) is var written && written != _written && Problem(_files) is null)
                (_loaded, _written) = (Load(_files), written);
            return _loaded;
        }
    }

    // Not disposed when it is replaced: connections may still use the certificate, and its finalizer frees it.
    private sealed record Loaded(X509Certificate2 Certificate, X509Certificate2Collection Between, X509Certificate2Collection Authorities);
}
