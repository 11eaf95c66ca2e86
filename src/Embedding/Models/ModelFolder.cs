namespace ImageSearch.Embedding.Models;

/// <summary>A model's folder, without loading its network.</summary>
public static class ModelFolder
{
    /// <summary>Returns the model's identity from the manifest of its folder. The network is not read.</summary>
    /// <exception cref="ModelException">The manifest is missing or wrong; the message says why.</exception>
    public static ModelIdentity Identify(string folder) => ManifestReader.Read(folder).Identity;
}
