using System.Security.Cryptography;
using ImageSearch.Silo.Settings;

namespace ImageSearch.Silo.Cluster;

/// <summary>The text of the files of <see cref="ClusterTlsSettings"/>.</summary>
internal sealed record PemFiles(string Certificate, string Key, string Authorities)
{
    private const int MaxBytes = 1 << 20;

    /// <exception cref="IOException">A file can't be read, or is larger than 1 MiB.</exception>
    public static PemFiles Read(ClusterTlsSettings settings) =>
        new(ReadFile(settings.CertificateFile), ReadFile(settings.KeyFile), ReadFile(settings.AuthorityFile));

    /// <summary>Whether an exception is one that reading or parsing the files throws.</summary>
    public static bool IsUnusable(Exception exception) =>
        exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    /// <summary>The type name only: the key must not get into logs.</summary>
    public override string ToString() => nameof(PemFiles);

    private static string ReadFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length > MaxBytes) throw new IOException($"{path} has more than 1 MiB.");
        using var text = new StreamReader(file);
        return text.ReadToEnd();
    }
}
