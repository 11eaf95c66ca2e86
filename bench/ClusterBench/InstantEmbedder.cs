using ImageSearch.Embedding;

namespace ImageSearch.ClusterBench;

/// <summary>An embedder that answers at once, with one of some vectors that are made beforehand.</summary>
internal sealed class InstantEmbedder : IPictureEmbedder
{
    private const int Dimension = 512;
    private readonly float[][] _vectors = new float[1009][];
    private uint _next;

    public InstantEmbedder()
    {
        var random = new Random(1);
        for (var i = 0; i < _vectors.Length; i++)
        {
            var vector = new float[Dimension];
            for (var k = 0; k < Dimension; k++) vector[k] = random.NextSingle() - 0.5f;
            var length = MathF.Sqrt(vector.Sum(value => value * value));
            _vectors[i] = [.. vector.Select(value => value / length)];
        }
    }

    public ModelIdentity Model { get; } = new("instant", "1", Dimension);

    public Task<Result<PictureVectors>> EmbedAsync(ReadOnlyMemory<byte> picture, PictureViews views, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PictureVectors>>(new PictureVectors(Model, _vectors[Interlocked.Increment(ref _next) % _vectors.Length]));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
