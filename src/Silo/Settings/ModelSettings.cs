using ImageSearch.Embedding.Models;
using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Silo.Settings;

/// <summary>The model of new tables, and where the models of other tables are.</summary>
/// <param name="Folder">The folder of the model of new tables.</param>
/// <param name="Precision">Its arithmetic.</param>
/// <param name="Parents">Folders whose subfolders are models, the operator's own first.</param>
internal sealed record ModelSettings(string Folder, ModelPrecision Precision, IReadOnlyList<string> Parents)
{
    /// <summary>Reads the settings; errors are added to the reader.</summary>
    public static ModelSettings Read(SettingReader reader)
    {
        var name = reader.Text(EmbeddingDefinitions.Model);
        var precision = reader.Enum(EmbeddingDefinitions.Precision);
        var own = reader.Text(EmbeddingDefinitions.ModelsPath);
        if (own is not null && !Directory.Exists(own)) reader.AddError(EmbeddingDefinitions.ModelsPath);
        string[] parents = own is null ? [ModelFolder.Included] : [Path.GetFullPath(own), ModelFolder.Included];
        if (reader.Text(EmbeddingDefinitions.ModelPath) is not { } path)
        {
            var parent = Array.Find(parents, parent => Directory.Exists(Path.Combine(parent, name))) ?? parents[0];
            return new ModelSettings(Path.Combine(parent, name), precision, parents);
        }

        reader.Reject([EmbeddingDefinitions.Model, EmbeddingDefinitions.Precision], "MODEL_PATH names the model: unset MODEL_PATH");
        // The folder names the model, so the float32 and the int8 form of a network are both possible.
        return new ModelSettings(Path.GetFullPath(path), ModelPrecision.Float, parents);
    }
}
