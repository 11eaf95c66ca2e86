using System.Collections.Concurrent;
using ImageSearch.Embedding;
using ImageSearch.Fetching;
using ImageSearch.Grains.Reembedding;
using ImageSearch.Storage.Reembedding;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>Pictures of rows that the test withholds or loses, and their vectors by any model, which depend on the row alone.</summary>
internal sealed class ScriptedPictures(ModelIdentity model) : IRowPictures, IPictureEmbedder
{
    private readonly ConcurrentDictionary<long, int> _loads = new();
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public ModelIdentity Model => model;

    /// <summary>Rows whose picture is gone.</summary>
    public ConcurrentDictionary<long, bool> Lost { get; } = new();

    /// <summary>A model that the service does not have.</summary>
    public ModelIdentity? Unknown { get; set; }

    /// <summary>Rows with a greater id wait until they are released.</summary>
    public long HeldAfter { get; set; } = long.MaxValue;

    /// <summary>The angle of a row's new vector.</summary>
    public static double AngleOf(long id) => 90 - (id * 2);

    /// <summary>How often the picture of a row was loaded.</summary>
    public int LoadsOf(long id) => _loads.GetValueOrDefault(id);

    public void Release()
    {
        HeldAfter = long.MaxValue;
        Interlocked.Exchange(ref _released, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <inheritdoc/>
    public Task<bool> IsKeptAsync(Reembed reembed, OpenRow row, PictureKind kind, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task<LoadedPicture?> LoadKeptAsync(Reembed reembed, OpenRow row, PictureKind kind, CancellationToken cancellationToken) =>
        Task.FromResult<LoadedPicture?>(null);

    /// <inheritdoc/>
    public async Task<Result<LoadedPicture>> LoadFromSourceAsync(Reembed reembed, OpenRow row, CancellationToken cancellationToken)
    {
        if (row.Row.Id > HeldAfter) await _released.Task.WaitAsync(cancellationToken);
        _loads.AddOrUpdate(row.Row.Id, 1, (_, count) => count + 1);
        return Lost.ContainsKey(row.Row.Id)
            ? new Failure(FailureCode.UrlUnreachable, "the server answered with status 404") { IsLasting = true }
            : new LoadedPicture(BitConverter.GetBytes(row.Row.Id));
    }

    /// <inheritdoc/>
    public Task<Failure?> CheckModelAsync(ModelIdentity asked) =>
        Task.FromResult(asked == Unknown ? new Failure(FailureCode.ModelMismatch, "the service does not have the model") : null);

    /// <inheritdoc/>
    public Task<Result<PictureVectors>> EmbedAsync(
        ReadOnlyMemory<byte> picture, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken)
    {
        var angle = AngleOf(BitConverter.ToInt64(picture.Span)) * Math.PI / 180;
        return Task.FromResult<Result<PictureVectors>>(
            new PictureVectors(target.Model!, new[] { (float)Math.Cos(angle), (float)Math.Sin(angle), 0, 0 }));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
