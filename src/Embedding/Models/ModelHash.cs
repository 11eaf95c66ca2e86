using System.Security.Cryptography;

namespace ImageSearch.Embedding.Models;

/// <summary>Checks the network's file against the hash in the manifest.</summary>
internal static class ModelHash
{
    /// <summary>Reads the whole file and compares its hash; 15 ms for 17 MB.</summary>
    /// <exception cref="ModelException">The file is missing or has another hash.</exception>
    internal static void Check(ModelManifest manifest)
    {
        string actual;
        try
        {
            using var file = File.OpenRead(manifest.File);
            actual = Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"the manifest's file {manifest.File} can't be read: {e.Message}", e);
        }

        if (actual != manifest.Sha256)
            throw new ModelException($"{manifest.File} is not the file of its manifest: its SHA-256 is {actual}, the field sha256 says {manifest.Sha256}");
    }
}
