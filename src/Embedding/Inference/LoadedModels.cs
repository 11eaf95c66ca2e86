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
    // Loading a model that can't be loaded costs 100 ms, which a client must not cause with every call.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ModelIdentity, Loading> _others = new();

    /// <summary>The network of new tables.</summary>
    internal LoadedModel NewTables => newTables;

    /// <summary>Returns the network of a table, loaded.</summary>
    /// <param name="model">The model; null for that of new tables.</param>
    /// <returns>The network, or <see cref="FailureCode.ModelMismatch"/> if no folder has it or it can't be loaded.</returns>
    internal async ValueTask<Result<LoadedModel>> FindAsync(ModelIdentity? model)
    {
        if (model is null || model == newTables.Manifest.Identity) return newTables;
        var loading = _others.GetOrAdd(model, key => new Loading(() => Load(key)));
        var attempt = await loading.Attempt.Value.ConfigureAwait(false);
        if (attempt.MayRetry) _others.TryRemove(KeyValuePair.Create(model, loading));
        return attempt.Result;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var loading in _others.Values)
        {
            var attempt = await loading.Attempt.Value.ConfigureAwait(false);
            if (attempt.Result.TryGet(out var loaded, out _)) await loaded.DisposeAsync().ConfigureAwait(false);
        }

        await newTables.DisposeAsync().ConfigureAwait(false);
    }

    private Attempt Load(ModelIdentity model)
    {
        var started = EmbeddingMetrics.Now;
        try
        {
            // A model that is missing is looked up with every call, which is cheap: the operator may copy its folder at any time.
            if (folders.Find(model, out var known, out var wrong) is not { } manifest)
            {
                if (wrong.Count > 0) logger.ModelFoldersWrong(string.Join("; ", wrong));
                return new Attempt(Missing(model, known), TimeSpan.Zero);
            }

            var loaded = LoadedModel.Open(manifest, options);
            var elapsed = EmbeddingMetrics.Since(started);
            logger.ModelLoaded(model, options.Lanes, elapsed.TotalMilliseconds);
            return new Attempt(loaded, TimeSpan.Zero);
        }
        catch (Exception e)
        {
            // Catch everything: other tables must not be affected. The message may have paths, which are not for clients.
            logger.ModelNotLoaded(e, model);
            return new Attempt(
                new Failure(FailureCode.ModelMismatch, $"the table's model {model} can't be loaded; the log of the service has the reason"), RetryDelay);
        }
    }

    private static Failure Missing(ModelIdentity model, IReadOnlyList<ModelIdentity> known) => new(
        FailureCode.ModelMismatch,
        $"the table's vectors are of the model {model}, which the service does not have; copy its folder into MODELS_PATH "
        + $"(there are: {string.Join(", ", known)})");

    private sealed class Loading(Func<Attempt> load)
    {
        internal Lazy<Task<Attempt>> Attempt { get; } = new(() => Task.Run(load));
    }

    private sealed class Attempt(Result<LoadedModel> result, TimeSpan retryDelay)
    {
        private readonly long _ended = EmbeddingMetrics.Now;

        internal Result<LoadedModel> Result => result;

        internal bool MayRetry => result.Failure is not null && EmbeddingMetrics.Since(_ended) >= retryDelay;
    }
}
