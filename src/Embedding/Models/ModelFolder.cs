namespace ImageSearch.Embedding.Models;

/// <summary>A model's folder, without loading its network.</summary>
public static class ModelFolder
{
    /// <summary>The name of the model of new tables, if nothing else is set.</summary>
    public const string DefaultName = "v2";

    /// <summary>The folder of the included models, next to the program.</summary>
    public static string Included { get; } = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Returns the model's identity from the manifest of its folder. The network is not read.</summary>
    /// <exception cref="ModelException">The manifest is missing or wrong; the message says why.</exception>
    public static ModelIdentity Identify(string folder) => ManifestReader.Read(folder).Identity;
}
