using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Checks PEM files with certificate authorities.</summary>
public static class PemAuthorities
{
    /// <summary>Why the file can't be used, as the end of a sentence; null if it can be used.</summary>
    public static string? Problem(string file)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            foreach (var certificate in found) certificate.Dispose();
            return found.Count > 0 ? null : "the file contains no certificate: it must be a PEM file with lines -----BEGIN CERTIFICATE-----";
        }
        catch (CryptographicException)
        {
            return "the file's certificate is damaged: it must be PEM, complete from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "the file can't be read: it must exist and be readable for this user";
        }
    }
}
