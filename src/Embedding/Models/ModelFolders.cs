namespace ImageSearch.Embedding.Models;

/// <summary>The folders of the models that tables may have: subfolders of some folders.</summary>
/// <param name="parents">The folders.</param>
internal sealed class ModelFolders(IReadOnlyList<string> parents)
{
    /// <summary>
    /// Finds a model by reading the manifests, a few milliseconds: a folder that is copied there while the service runs is found too.
    /// </summary>
    /// <param name="model">The model of a table.</param>
    /// <param name="known">The models that exist and those whose manifest is wrong, for messages.</param>
    /// <returns>The manifest; null if no folder has the model.</returns>
    internal ModelManifest? Find(ModelIdentity model, out IReadOnlyList<string> known)
    {
        var seen = new List<string>();
        known = seen;
        foreach (var folder in parents.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories).Order(StringComparer.Ordinal))
        {
            try
            {
                var manifest = ManifestReader.Read(folder);
                if (manifest.Identity == model) return manifest;
                seen.Add(manifest.Identity.ToString());
            }
            catch (ModelException e)
            {
                seen.Add($"(wrong: {e.Message})");
            }
        }

        return null;
    }
}
