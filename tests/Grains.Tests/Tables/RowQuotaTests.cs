using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>The quota while many writes and deletions run at once, and while the rows are counted between them.</summary>
public sealed class RowQuotaTests : IAsyncLifetime
{
    private const int Max = 12;
    private static readonly ModelIdentity Model = new("test", "1", 4);
    private readonly string _folder = Directory.CreateTempSubdirectory("imagesearch-quota-").FullName;
    private readonly HastyTime _time = new();
    private SqliteCatalog _catalog = null!;
    private TableRecord _table = null!;
    private RowQuota _quota = null!;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    public async Task InitializeAsync()
    {
        _catalog = await SqliteCatalog.OpenAsync(
            new SqliteOptions { DataFolder = _folder }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default);
        _table = await _catalog.CreateTableAsync(
            TableName.Parse("shop").Value, Model, Metric.L2, TableSettings.Default with { MaxRows = Max }, default);
        _quota = new RowQuota(_catalog, _time);
    }

    public async Task DisposeAsync()
    {
        await _catalog.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Concurrent_writers_never_exceed_it_and_are_refused_only_by_a_full_table(int seed)
    {
        var random = new Random(seed);
        // As in a grain: calls take turns, and change places where they wait.
        var turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var calls = new List<Task>();
        for (var i = 0; i < 150; i++)
        {
            var keys = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (string?)$"k{random.Next(20)}").ToList();
            var isDeletion = random.Next(3) == 0;
            calls.Add(Task.Factory.StartNew(
                () => isDeletion ? DeleteAsync(keys[0]!) : PutAsync(keys), default, TaskCreationOptions.None, turns).Unwrap());
        }

        await Task.WhenAll(calls);

        var rows = await CountAsync();
        for (var i = rows; i < Max; i++) (await PutAsync([$"new{i}"])).ShouldBe(0, "a refusal");
        (await PutAsync(["one more"])).ShouldBe(1);
        (await CountAsync()).ShouldBe(Max);
    }

    [Fact]
    public async Task A_write_whose_outcome_is_unknown_is_counted()
    {
        await PutAsync(["a"]);
        using (await _quota.EnterAsync(_table, [new ItemReference("b", 0)], default)) await StoreAsync(["b"]);

        for (var i = 2; i < Max; i++) (await PutAsync([$"new{i}"])).ShouldBe(0);
        (await PutAsync(["one more"])).ShouldBe(1);
    }

    // The number of keys that were refused.
    private async Task<int> PutAsync(List<string?> keys)
    {
        using var grant = await _quota.EnterAsync(_table, keys.ConvertAll(key => key is null ? (ItemReference?)null : new ItemReference(key, 0)), default);
        var granted = keys.Where((_, i) => grant.At(i) is null).ToList();
        var writes = granted.Count == 0 ? [] : await StoreAsync(granted);
        grant.Settle(writes.Count(write => write.ShouldSucceed().Effect == ItemEffect.Created));
        (await CountAsync()).ShouldBeLessThanOrEqualTo(Max);
        return keys.Count - granted.Count;
    }

    private async Task<IReadOnlyList<Result<ItemWrite>>> StoreAsync(List<string?> keys) =>
        (await _catalog.PutItemsAsync(
            _table.Generation, [.. keys.Select(key => new ItemPut(new PictureVectors(Model, new float[] { 1, 0, 0, 0 }), new PictureTexts(Key: key), KeyRule.Replace))],
            searchable: true, default)).ShouldSucceed();

    private async Task<int> DeleteAsync(string key)
    {
        using var grant = await _quota.EnterAsync(_table, default);
        var deleted = await _catalog.DeleteItemAsync(_table.Generation, new ItemReference(key, 0), null, default);
        grant.Settle(deleted.TryGet(out var rows, out _) ? -rows.Count : 0);
        return 0;
    }

    private async Task<long> CountAsync() => (await _catalog.CountRowsAsync(_table.Generation, default)).ShouldSucceed();

    // A count is too old at every third look.
    private sealed class HastyTime : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Increment(ref _looks) * 2;
    }
}
