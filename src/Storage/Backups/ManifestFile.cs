using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Storage.Backups;

/// <summary>Reads and writes the manifest of a backup.</summary>
internal static class ManifestFile
{
    // A manifest has a line for each table and each of its files: 20,000 tables take 10 MB.
    private const long MaxBytes = 256L << 20;

    /// <summary>Writes the manifest; durable when the call returns.</summary>
    public static void Write(string folder, BackupManifest manifest)
    {
        using var file = new FileStream(Path.Combine(folder, BackupManifest.FileName), FileMode.CreateNew, FileAccess.Write);
        JsonSerializer.Serialize(file, manifest, ManifestJson.Default.BackupManifest);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The manifest of a backup; null if the folder has none.</summary>
    /// <exception cref="BackupException">It can't be read.</exception>
    public static BackupManifest? Read(string folder)
    {
        var path = Path.Combine(folder, BackupManifest.FileName);
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MaxBytes) throw Damaged(path, null);
            var manifest = JsonSerializer.Deserialize(file, ManifestJson.Default.BackupManifest);
            return manifest is { Tables: not null, Files: not null } ? manifest : throw Damaged(path, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw Damaged(path, e);
        }
    }

    private static BackupException Damaged(string path, Exception? cause) =>
        new(FailureCode.BackupNotFound, $"{path} is damaged; use another backup", cause);
}

/// <summary>The JSON of the manifest.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
