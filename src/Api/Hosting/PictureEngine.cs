using ImageSearch.Api.Settings;
using ImageSearch.Embedding;
using ImageSearch.Grains;
using ImageSearch.Storage;

namespace ImageSearch.Api.Hosting;

/// <summary>What the grains work with: the catalog, the vector store and the network.</summary>
internal static class PictureEngine
{
    public static void AddPictureEngine(this IServiceCollection services, ServiceSettings settings)
    {
        services.AddSingleton<ICatalog>(
            provider => SqliteCatalog.Open(
                new SqliteOptions { DataPath = settings.DataPath, LibraryPath = settings.SqliteLibrary },
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<SqliteCatalog>>()));
        services.AddSingleton<IVectorStore, EmbeddedVectorStore>();
        services.AddSingleton<IPictureEmbedder>(
            provider => OnnxPictureEmbedder.Open(settings.Embedding, provider.GetRequiredService<ILogger<OnnxPictureEmbedder>>()));
        services.AddSingleton(
            provider => new DatasetOptions(provider.GetRequiredService<IPictureEmbedder>().Model, settings.Metric));
        services.AddHostedService<TableWarmup>();
    }

    /// <summary>Opens the catalog and the network side by side; each takes a good part of the start.</summary>
    /// <exception cref="SettingsException">VECTOR_DIMENSION is not the model's.</exception>
    public static async Task OpenPictureEngineAsync(this IServiceProvider services)
    {
        var settings = services.GetRequiredService<ServiceSettings>();
        var catalog = Task.Run(services.GetRequiredService<ICatalog>);
        var embedder = Task.Run(services.GetRequiredService<IPictureEmbedder>);
        await Task.WhenAll(catalog, embedder);
        var model = (await embedder).Model;
        if (settings.VectorDimension is { } dimension && dimension != model.Dimension)
        {
            throw new SettingsException(
            [
                $"VECTOR_DIMENSION is {dimension}, but the model {model.Name} makes vectors of {model.Dimension} values: "
                + "set VECTOR_DIMENSION to that number or leave it unset, or set MODEL_PATH to another model",
            ]);
        }
    }
}
