using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Silo.Cluster;

namespace ImageSearch.Silo.Settings;

/// <summary>
/// The PEM files by which the processes of a cluster authenticate each other. They can be replaced while the process runs.
/// </summary>
/// <param name="CertificateFile">The certificate of this process and any intermediate certificates.</param>
/// <param name="KeyFile">The private key of the certificate, without a password.</param>
/// <param name="AuthorityFile">The authorities whose certificates are accepted. Those that the system trusts are not.</param>
public sealed record ClusterTlsSettings(string CertificateFile, string KeyFile, string AuthorityFile)
{
    private static readonly OptionalTextSetting[] Files =
        [ClusterDefinitions.TlsCertificate, ClusterDefinitions.TlsKey, ClusterDefinitions.TlsAuthority];

    /// <summary>Reads the settings; errors are added to the reader.</summary>
    /// <returns>Null: connections are not encrypted.</returns>
    public static ClusterTlsSettings? Read(SettingReader reader)
    {
        if (!Files.Any(reader.IsSet)) return null;
        foreach (var missing in Files.Where(file => !reader.IsSet(file)))
            reader.AddError($"{missing.Name} is not set: set {string.Join(", ", Files.Select(file => file.Name))} together, or none of them");
        var paths = Files.Select(reader.Text).ToArray();
        if (!paths.All(File.Exists)) return null;
        var settings = new ClusterTlsSettings(paths[0]!, paths[1]!, paths[2]!);
        if (settings.Problem() is { } problem) reader.AddError(problem);
        return settings;
    }

    private string? Problem()
    {
        try
        {
            return ClusterIdentity.Parse(PemFiles.Read(this)).IsValid
                ? null
                : $"the certificate of CLUSTER_TLS_CERT ({CertificateFile}) is not valid today, not issued by an authority of CLUSTER_TLS_CA "
                  + $"({AuthorityFile}), or not for both server and client authentication: use files that belong together";
        }
        catch (Exception e) when (PemFiles.IsUnusable(e))
        {
            return $"CLUSTER_TLS_CERT, CLUSTER_TLS_KEY or CLUSTER_TLS_CA can't be used: {e.Message} They are PEM files, the key has no password";
        }
    }
}
