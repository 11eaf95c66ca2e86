using System.Runtime.InteropServices;
using ImageSearch.Embedding;

namespace ImageSearch.ClusterBench;

/// <summary>
/// An embedder with one lane that takes 20 ms per picture and no CPU time, so several silos on one machine do not compete for it.
/// </summary>
internal sealed class PacedEmbedder : IPictureEmbedder
{
    private const int MaxWaiting = 256;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private readonly SemaphoreSlim _lane = new(1);
    private int _waiting;

    public ModelIdentity Model { get; } = new("paced", "1", 64);

    public async Task<Result<PictureVectors>> EmbedAsync(
        ReadOnlyMemory<byte> picture, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return new Failure(FailureCode.Busy, "too many pictures are waiting");
        }

        try
        {
            await _lane.WaitAsync(cancellationToken);
            try
            {
                await Task.Delay(Pace, TimeProvider.System, cancellationToken);
            }
            finally
            {
                _lane.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        var random = new Random(MemoryMarshal.Read<int>(picture.Span));
        var vector = new float[Model.Dimension];
        for (var i = 0; i < vector.Length; i++) vector[i] = random.NextSingle() - 0.5f;
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        for (var i = 0; i < vector.Length; i++) vector[i] /= length;
        return new PictureVectors(Model, vector);
    }

    public ValueTask DisposeAsync()
    {
        _lane.Dispose();
        return ValueTask.CompletedTask;
    }
}
