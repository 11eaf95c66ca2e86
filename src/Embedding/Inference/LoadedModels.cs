using System.Collections.Concurrent;
using ImageSearch.Embedding.Models;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Embedding.Inference;

/// <summary>The networks of a process: that of new tables, and those of other tables, each loaded when its first picture comes.</summary>
/// <param name="newTables">The network of new tables.</param>
/// <param name="folders">Where those of other tables are.</param>
/// <param name="options">The device, the lanes and the size of batches.</param>
/// <param name="logger">Receives the loaded models.</param>
internal sealed class LoadedModels(LoadedModel newTables, ModelFolders folders, EmbeddingOptions options, ILogger logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ModelIdentity, Lazy<Task<Result<LoadedModel>>>> _others = new();

    /// <summary>The network of new tables.</summary>
    internal LoadedModel NewTables => newTables;

    /// <summary>Returns the network of a table, loaded.</summary>
    /// <param name="model">The model; null for that of new tables.</param>
    /// <returns>The network, or <see cref="FailureCode.ModelMismatch"/> if no folder has it or it can't be loaded.</returns>
    internal async ValueTask<Result<LoadedModel>> FindAsync(ModelIdentity? model)
    {
        if (model is null || model == newTables.Manifest.Identity) return newTables;
        var loading = _others.GetOrAdd(model, key => new Lazy<Task<Result<LoadedModel>>>(() => Task.Run(() => Load(key))));
        var loaded = await loading.Value.ConfigureAwait(false);
        // The next call tries again: the operator may have copied the folder.
        if (loaded.Failure is not null) _others.TryRemove(KeyValuePair.Create(model, loading));
        return loaded;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var loading in _others.Values)
        {
            if ((await loading.Value.ConfigureAwait(false)).TryGet(out var loaded, out _)) await loaded.DisposeAsync().ConfigureAwait(false);
        }

        await newTables.DisposeAsync().ConfigureAwait(false);
    }

    private Result<LoadedModel> Load(ModelIdentity model)
    {
        var started = EmbeddingMetrics.Now;
        try
        {
            if (folders.Find(model, out var known) is not { } manifest)
            {
                return new Failure(
                    FailureCode.ModelMismatch,
                    $"the table's vectors are of the model {model}, which the service does not have; copy its folder into MODELS_PATH "
                    + $"(there are: {string.Join(", ", known)})");
            }

            var loaded = LoadedModel.Open(manifest, options);
            var elapsed = EmbeddingMetrics.Since(started);
            logger.ModelLoaded(model, options.Lanes, elapsed.TotalMilliseconds);
            return loaded;
        }
        catch (ModelException e)
        {
            logger.ModelNotLoaded(e, model);
            return new Failure(FailureCode.ModelMismatch, $"the table's model {model} can't be loaded: {e.Message}");
        }
    }
}
