using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Silo.Cluster;

namespace ImageSearch.Silo.Settings;

/// <summary>The files (PEM) by which the processes of a cluster prove to each other who they are. They may be replaced while the process runs.</summary>
/// <param name="CertificateFile">The certificate of this process, and those between it and the authority.</param>
/// <param name="KeyFile">Its private key, without a password.</param>
/// <param name="AuthorityFile">The authorities whose certificates are accepted; no other certificate is, also not one that the system trusts.</param>
internal sealed record ClusterTlsSettings(string CertificateFile, string KeyFile, string AuthorityFile)
{
    private static readonly string[] Names = ["CLUSTER_TLS_CERT", "CLUSTER_TLS_KEY", "CLUSTER_TLS_CA"];

    /// <summary>Reads the settings; what is wrong with them is in the reader then.</summary>
    /// <returns>Null: connections are not encrypted.</returns>
    public static ClusterTlsSettings? Read(SettingReader read)
    {
        var files = Names.Select(read.Text).ToArray();
        if (files.All(file => file is null)) return null;
        foreach (var missing in Names.Where((_, i) => files[i] is null))
            read.Refuse($"{missing} is not set: set {string.Join(", ", Names)} together, or none of them");
        foreach (var (name, file) in Names.Zip(files).Where(pair => pair.Second is not null && !File.Exists(pair.Second)))
            read.Refuse(name, file!, "a file (PEM) that this process may read");
        if (files.Any(file => !File.Exists(file))) return null;
        var settings = new ClusterTlsSettings(files[0]!, files[1]!, files[2]!);
        if (settings.Problem() is { } problem) read.Refuse(problem);
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
