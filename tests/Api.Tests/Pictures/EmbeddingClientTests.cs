using ImageSearch.Api.Hosting;
using ImageSearch.Api.Pictures;
using ImageSearch.Fetching;
using ImageSearch.Memory;

namespace ImageSearch.Api.Tests.Pictures;

public sealed class EmbeddingClientTests : IDisposable
{
    private static readonly Failure Corrupt = new(FailureCode.PictureCorrupt, "corrupt");

    private readonly SiloLoss _losses = new();
    private readonly ByteBudget _budget = new(megabytes: 1);
    private readonly List<CancellationToken> _calls = [];
    private PictureBuffer? _buffer; // Referenced, so that the collector does not release it.
    private Func<CancellationToken, Task<Result<PictureVectors>>> _answer = _ => Task.FromResult<Result<PictureVectors>>(Corrupt);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_bytes_are_released_with_the_answer(bool isInCluster)
    {
        (await EmbedAsync(isInCluster)).Failure.ShouldBe(Corrupt);
        _calls.Count.ShouldBe(1);
        _budget.Free.ShouldBe(_budget.Capacity);
    }

    [Fact]
    public async Task The_call_is_repeated_when_a_connection_ends_and_the_bytes_are_left_to_the_collector()
    {
        _answer = async cancellationToken =>
        {
            if (_calls.Count == 2) return Corrupt;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        };
        var embedding = EmbedAsync(isInCluster: true);
        _losses.NotifyGatewayCountChanged(1, 2, connectionRecovered: false);

        (await embedding).Failure.ShouldBe(Corrupt);
        _calls.Count.ShouldBe(2);
        _budget.Free.ShouldBeLessThan(_budget.Capacity);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_owner_of_an_upload_is_told_to_keep_its_bytes_only_if_the_call_was_repeated(bool isRepeated)
    {
        var isAbandoned = false;
        _answer = async cancellationToken =>
        {
            if (_calls.Count == 2 || !isRepeated) return Corrupt;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        };
        var embedding = EmbedAsync(isInCluster: true, new LoadedPicture(new byte[8], () => isAbandoned = true));
        _losses.NotifyGatewayCountChanged(1, 2, connectionRecovered: false);

        (await embedding).Failure.ShouldBe(Corrupt);
        isAbandoned.ShouldBe(isRepeated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_fault_the_owner_of_an_upload_is_told_to_keep_its_bytes_where_a_message_may_hold_them(bool isInCluster)
    {
        var isAbandoned = false;
        _answer = _ => throw new TimeoutException();
        await Should.ThrowAsync<TimeoutException>(() => EmbedAsync(isInCluster, new LoadedPicture(new byte[8], () => isAbandoned = true)));
        isAbandoned.ShouldBe(isInCluster);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_fault_the_bytes_are_released_unless_a_message_may_hold_them(bool isInCluster)
    {
        _answer = _ => throw new TimeoutException();
        await Should.ThrowAsync<TimeoutException>(() => EmbedAsync(isInCluster));
        (_budget.Free < _budget.Capacity).ShouldBe(isInCluster);
    }

    [Fact]
    public async Task The_file_is_copied_where_the_original_is_kept_and_the_bytes_are_released()
    {
        _answer = _ => Task.FromResult<Result<PictureVectors>>(new PictureVectors(new ModelIdentity("net", "1", 2), new float[] { 1, 0 })
        {
            Kept = new KeptPictures(null, new KeptPicture("image/png", ReadOnlyMemory<byte>.Empty)),
        });

        var embedded = await EmbedAsync(isInCluster: false);

        embedded.Value.ShouldNotBeNull().Kept!.Original!.Bytes.ToArray().ShouldBe(new byte[1024]);
        _budget.Free.ShouldBe(_budget.Capacity);
    }

    public void Dispose() => _losses.Dispose();

    private Task<Result<PictureVectors>> EmbedAsync(bool isInCluster)
    {
        _buffer = new PictureBuffer(_budget, 1024);
        _buffer.TryAppend(new byte[1024]).ShouldBeTrue();
        return EmbedAsync(isInCluster, new LoadedPicture(_buffer));
    }

    private async Task<Result<PictureVectors>> EmbedAsync(bool isInCluster, LoadedPicture picture)
    {
        var grain = Stub.Of<IEmbeddingGrain>(
            (_, arguments) =>
            {
                _calls.Add((CancellationToken)arguments[3]!);
                return _answer(_calls[^1]);
            });
        var client = new EmbeddingClient(Stub.Of<IGrainFactory>((_, _) => grain), _losses, isInCluster);
        return await client.EmbedAsync(picture, PictureViews.Whole, EmbeddingTarget.NewTable, CancellationToken.None);
    }
}
