using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Files with the certificates of authorities.</summary>
public static class PemAuthorities
{
    /// <summary>What is wrong with such a file, as the end of a sentence; null where it can be used.</summary>
    public static string? Problem(string file)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            foreach (var each in found) each.Dispose();
            return found.Count > 0 ? null : "the file holds no certificate: it must be in PEM, with lines -----BEGIN CERTIFICATE-----";
        }
        catch (CryptographicException)
        {
            return "the file's certificate is damaged: it must be in PEM, whole from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "the file can't be read: give one that is there and that this user may read";
        }
    }
}
