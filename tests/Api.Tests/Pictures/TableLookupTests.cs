using ImageSearch.Api.Pictures;

namespace ImageSearch.Api.Tests.Pictures;

public sealed class TableLookupTests
{
    private static readonly Failure NotFound = new(FailureCode.TableNotFound, "no such table");

    private readonly Clock _time = new();
    private readonly TableLookup _lookup;
    private bool _exists = true;
    private int _calls;

    public TableLookupTests() => _lookup = Lookup(isCacheEnabled: true);

    [Fact]
    public async Task A_table_is_asked_for_once_a_second()
    {
        (await CheckAsync("a")).ShouldBeNull();
        _time.Advance(TableLookup.Lifetime - TimeSpan.FromTicks(1));
        (await CheckAsync("a")).ShouldBeNull();
        _calls.ShouldBe(1);

        _time.Advance(TimeSpan.FromTicks(1));
        (await CheckAsync("a")).ShouldBeNull();
        _calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_missing_table_is_asked_for_each_time()
    {
        _exists = false;
        (await CheckAsync("a")).ShouldBe(NotFound);
        _exists = true;
        (await CheckAsync("a")).ShouldBeNull();
        _calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_table_that_this_process_dropped_is_asked_for_again()
    {
        await CheckAsync("a");
        _exists = false;
        _lookup.Invalidate(TableName.Parse("a").Value);
        (await CheckAsync("a")).ShouldBe(NotFound);
    }

    [Fact]
    public async Task The_memory_is_bounded()
    {
        await CheckAsync("a");
        for (var i = 0; i < TableLookup.MaxTables; i++) await CheckAsync($"t{i}");
        await CheckAsync("a");
        _calls.ShouldBe(TableLookup.MaxTables + 2);
    }

    [Fact]
    public async Task Nothing_is_remembered_where_the_grains_are_in_this_process()
    {
        var lookup = Lookup(isCacheEnabled: false);
        for (var i = 0; i < 2; i++) (await lookup.CheckAsync(TableName.Parse("a").Value, CancellationToken.None)).ShouldBeNull();
        _calls.ShouldBe(2);
    }

    private Task<Failure?> CheckAsync(string table) => _lookup.CheckAsync(TableName.Parse(table).Value, CancellationToken.None);

    private TableLookup Lookup(bool isCacheEnabled)
    {
        var grain = Stub.Of<ITableGrain>((_, _) => Describe());
        return new TableLookup(Stub.Of<IGrainFactory>((_, _) => grain), _time, isCacheEnabled);
    }

    private Task<Result<TableStatus>> Describe()
    {
        _calls++;
        return Task.FromResult<Result<TableStatus>>(
            _exists ? new TableStatus(TableName.Parse("a").Value, 1, new ModelIdentity("m", "1", 512), Metric.L2) : NotFound);
    }
}
