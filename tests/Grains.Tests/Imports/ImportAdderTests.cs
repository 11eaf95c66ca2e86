using System.Collections.Concurrent;
using ImageSearch.Grains.Imports;
using ImageSearch.Grains.Tests.Tables;

namespace ImageSearch.Grains.Tests.Imports;

/// <summary>How embedded pictures of imports are put together into calls to their table.</summary>
public sealed class ImportAdderTests
{
    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly HeldTable _table = new();
    private readonly ImportAdder _adder;

    public ImportAdderTests() => _adder = new ImportAdder(_ => _table, _ => throw new NotSupportedException());

    [Fact]
    public async Task A_picture_that_comes_alone_is_added_at_once()
    {
        _table.Release();

        (await AddAsync(7)).ShouldSucceed().ShouldBe(7);

        _table.Calls.ShouldHaveSingleItem().ShouldBe([7]);
    }

    [Fact]
    public async Task Pictures_that_come_while_a_call_runs_go_together_into_the_next_one()
    {
        List<Task<Result<long>>> adds = [AddAsync(0)];
        await _table.Entered;
        adds.AddRange(Enumerable.Range(1, 20).Select(i => AddAsync(i)));

        _table.Release();

        (await Task.WhenAll(adds)).Select(row => row.ShouldSucceed()).ShouldBe(Enumerable.Range(0, 21).Select(i => (long)i));
        _table.Calls.Select(call => call.Length).ShouldBe([1, 20]);
    }

    [Fact]
    public async Task A_call_has_no_more_pictures_than_a_table_takes()
    {
        List<Task<Result<long>>> adds = [AddAsync(0)];
        await _table.Entered;
        adds.AddRange(Enumerable.Range(0, NewPicture.MaxPerAdd + 1).Select(i => AddAsync(i)));

        _table.Release();

        await Task.WhenAll(adds);
        _table.Calls.Select(call => call.Length).ShouldBe([1, NewPicture.MaxPerAdd, 1]);
    }

    [Fact]
    public async Task A_call_with_large_vectors_has_fewer_pictures()
    {
        const int Values = 1 << 19; // 2 MB.
        List<Task<Result<long>>> adds = [AddAsync(0)];
        await _table.Entered;
        adds.AddRange(Enumerable.Range(0, 5).Select(i => AddAsync(i, values: Values)));

        _table.Release();

        await Task.WhenAll(adds);
        _table.Calls.Select(call => call.Length).ShouldBe([1, 2, 2, 1]);
    }

    [Fact]
    public async Task A_picture_that_is_refused_fails_alone()
    {
        List<Task<Result<long>>> adds = [AddAsync(0)];
        await _table.Entered;
        adds.AddRange([AddAsync(1), AddAsync(HeldTable.Refused), AddAsync(2)]);

        _table.Release();

        (await adds[2]).ShouldFail(FailureCode.RequestInvalid);
        (await adds[1]).ShouldSucceed();
        (await adds[3]).ShouldSucceed();
    }

    [Fact]
    public async Task A_picture_that_is_cancelled_while_it_waits_is_not_added()
    {
        using var cancel = new CancellationTokenSource();
        var first = AddAsync(0);
        await _table.Entered;
        var (cancelled, other) = (AddAsync(1, cancellationToken: cancel.Token), AddAsync(2));
        await cancel.CancelAsync();

        _table.Release();

        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        await Task.WhenAll(first, other);
        _table.Calls.ShouldBe([[0], [2]]);
    }

    [Fact]
    public async Task Pictures_are_added_one_by_one_if_the_table_s_silo_does_not_know_the_call()
    {
        _table.HasNoBulkAdd = true;
        _table.Release();

        (await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AddAsync(i)))).Select(row => row.ShouldSucceed())
            .ShouldBe(Enumerable.Range(0, 20).Select(i => (long)i));

        _table.Calls.ShouldBeEmpty();
    }

    private Task<Result<long>> AddAsync(int number, int values = 1, CancellationToken cancellationToken = default) => _adder.AddAsync(
        Shop,
        new NewPicture(new PictureVectors(new ModelIdentity("test", "1", values), new float[values]), new PictureTexts(Key: $"{number}")),
        cancellationToken);

    /// <summary>A table whose bulk adds wait until the test releases them. A picture's id is its key.</summary>
    private sealed class HeldTable : ITableGrain
    {
        public const int Refused = 1313;

        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public bool HasNoBulkAdd { get; set; }

        public ConcurrentQueue<long[]> Calls { get; } = [];

        public void Release() => _released.SetResult();

        public async Task<Result<IReadOnlyList<Result<long>>>> AddManyAsync(IReadOnlyList<NewPicture> pictures, CancellationToken cancellationToken)
        {
            if (HasNoBulkAdd) throw new NotSupportedException("an older version");
            Calls.Enqueue([.. pictures.Select(Id)]);
            _entered.TrySetResult();
            await _released.Task;
            return Result.Success<IReadOnlyList<Result<long>>>([.. pictures.Select(Add)]);
        }

        public Task<Result<long>> AddAsync(NewPicture picture, CancellationToken cancellationToken) => Task.FromResult(Add(picture));

        public Task<Result<TableStatus>> CreateAsync(ModelIdentity? model, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<TableStatus>> DescribeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<Done>> DropAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<LoadReport>> LoadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<long>> CountAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<long>> UpdateAsync(PictureChange change, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<int>> DeleteByIdsAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<int>> DeleteByKeysAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<PictureHits>> SearchAsync(PictureQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static long Id(NewPicture picture) => long.Parse(picture.Texts.Key!, System.Globalization.CultureInfo.InvariantCulture);

        private static Result<long> Add(NewPicture picture) =>
            Id(picture) == Refused ? new Failure(FailureCode.RequestInvalid, "refused") : Id(picture);
    }
}
