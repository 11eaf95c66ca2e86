using System.Buffers.Binary;
using ImageSearch.Embedding;
using ImageSearch.Silo.Backend;

namespace ImageSearch.Silo.Tests.Backend;

/// <summary>A repeated search costs no inference.</summary>
public sealed class SearchCacheTests : IAsyncDisposable
{
    private static readonly EmbeddingTarget Search = new(null, EmbeddingUse.Search);
    private readonly CountingEmbedder _embedder = new();
    private readonly SearchCache _cache;

    public SearchCacheTests() => _cache = new SearchCache(_embedder, megabytes: 1);

    [Fact]
    public async Task The_same_bytes_are_embedded_once()
    {
        var first = await EmbedAsync(1, Search);
        (await EmbedAsync(1, Search)).ShouldBe(first);
        _embedder.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Other_bytes_are_embedded()
    {
        await EmbedAsync(1, Search);
        await EmbedAsync(2, Search);
        _embedder.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Other_views_and_models_have_vectors_of_their_own()
    {
        await EmbedAsync(1, Search);
        await EmbedAsync(1, Search, PictureViews.Whole);
        await EmbedAsync(1, new EmbeddingTarget(new ModelIdentity("other", "1", 2), EmbeddingUse.Search));
        _embedder.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_region_and_the_box_have_entries_of_their_own()
    {
        var region = new PictureRegion(0, 0, 0.5, 0.5, IsShare: true);
        EmbeddingTarget[] targets =
        [
            Search, Search with { Region = region }, Search with { Region = region with { X2 = 1 } }, Search with { Region = region with { IsShare = false } },
            Search with { WantsBox = true },
        ];
        foreach (var target in targets) await EmbedAsync(1, target);
        _embedder.Calls.ShouldBe(5);
        foreach (var target in targets) await EmbedAsync(1, target with { });
        await EmbedAsync(1, Search with { Region = region with { } });
        _embedder.Calls.ShouldBe(5);
    }

    [Fact]
    public async Task The_model_of_new_tables_is_the_same_whether_it_is_named_or_not()
    {
        await EmbedAsync(1, Search);
        await EmbedAsync(1, new EmbeddingTarget(_embedder.Model, EmbeddingUse.Search));
        _embedder.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(EmbeddingUse.Add)]
    [InlineData(EmbeddingUse.Import)]
    public async Task Adds_and_imports_pass_by(EmbeddingUse use)
    {
        for (var i = 0; i < 2; i++) await EmbedAsync(1, new EmbeddingTarget(null, use));
        await EmbedAsync(1, Search);
        _embedder.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        _embedder.Failure = new Failure(FailureCode.Busy, "busy");
        (await EmbedAsync(1, Search)).Failure.ShouldBe(_embedder.Failure);
        _embedder.Failure = null;
        (await EmbedAsync(1, Search)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_large_picture_is_compared_by_all_its_bytes()
    {
        var (one, other) = (new byte[1 << 20], new byte[1 << 20]);
        other[^1] = 1;
        foreach (var picture in new[] { one, other, one })
            (await _cache.EmbedAsync(picture, PictureViews.Whole, Search, CancellationToken.None)).Failure.ShouldBeNull();
        _embedder.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Memory_is_bounded()
    {
        // An entry counts 512 bytes and its two values: 2,016 fit into a MiB.
        for (var i = 0; i < 3000; i++) await EmbedAsync(i, Search);
        var embedded = _embedder.Calls;
        for (var i = 0; i < 3000; i++) await EmbedAsync(i, Search);
        _embedder.Calls.ShouldBeGreaterThan(embedded + 900);
    }

    public ValueTask DisposeAsync() => _cache.DisposeAsync();

    private async Task<Result<PictureVectors>> EmbedAsync(int picture, EmbeddingTarget target, PictureViews views = PictureViews.Recommended)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, picture);
        return await _cache.EmbedAsync(bytes, views, target, CancellationToken.None);
    }

    private sealed class CountingEmbedder : IPictureEmbedder
    {
        public ModelIdentity Model { get; } = new("counting", "1", 2);

        public int Calls { get; private set; }

        public Failure? Failure { get; set; }

        public Task<Result<PictureVectors>> EmbedAsync(
            ReadOnlyMemory<byte> picture, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken)
        {
            Calls++;
            return Task.FromResult<Result<PictureVectors>>(Failure is null ? new PictureVectors(target.Model ?? Model, new float[] { 1, 0 }) : Failure);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
