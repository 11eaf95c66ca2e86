namespace ImageSearch.Embedding.Models;

/// <summary>A model's folder, without loading its network.</summary>
public static class ModelFolder
{
    /// <summary>What the folder's manifest says of the model; the network itself is not looked at.</summary>
    /// <exception cref="ModelException">The manifest is missing or wrong; says what.</exception>
    public static ModelIdentity Identify(string folder) => ManifestReader.Read(folder).Identity;
}
