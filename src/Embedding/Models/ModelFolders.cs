namespace ImageSearch.Embedding.Models;

/// <summary>The folders of the models that tables may have: subfolders of some folders.</summary>
/// <param name="parents">The folders.</param>
internal sealed class ModelFolders(IReadOnlyList<string> parents)
{
    /// <summary>
    /// Finds a model by reading the manifests, a few milliseconds: a folder that is copied there while the service runs is found too.
    /// </summary>
    /// <param name="model">The model of a table.</param>
    /// <param name="known">The models that exist.</param>
    /// <param name="wrong">Why other folders are no models.</param>
    /// <returns>The manifest; null if no folder has the model.</returns>
    /// <exception cref="IOException">A folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder can't be read.</exception>
    internal ModelManifest? Find(ModelIdentity model, out IReadOnlyList<ModelIdentity> known, out IReadOnlyList<string> wrong)
    {
        var (seen, errors) = (new List<ModelIdentity>(), new List<string>());
        (known, wrong) = (seen, errors);
        foreach (var folder in parents.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories).Order(StringComparer.Ordinal))
        {
            try
            {
                var manifest = ManifestReader.Read(folder);
                if (manifest.Identity == model) return manifest;
                seen.Add(manifest.Identity);
            }
            catch (ModelException e)
            {
                errors.Add(e.Message);
            }
        }

        return null;
    }
}
