using ImageSearch.Api.Pictures;

namespace ImageSearch.Api.Tests.Pictures;

public sealed class TableLookupTests
{
    private static readonly Failure NotFound = new(FailureCode.TableNotFound, "no such table");

    private readonly Clock _time = new();
    private readonly TableLookup _lookup;
    private bool _exists = true;
    private int _calls;
    private string _name = "";

    public TableLookupTests() => _lookup = Lookup(isCacheEnabled: true);

    [Fact]
    public async Task A_table_is_asked_for_once_a_second()
    {
        (await FindAsync("a")).ShouldBeNull();
        _time.Advance(TableLookup.Lifetime - TimeSpan.FromTicks(1));
        (await FindAsync("a")).ShouldBeNull();
        _calls.ShouldBe(1);

        _time.Advance(TimeSpan.FromTicks(1));
        (await FindAsync("a")).ShouldBeNull();
        _calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_missing_table_is_asked_for_each_time()
    {
        _exists = false;
        (await FindAsync("a")).ShouldBe(NotFound);
        _exists = true;
        (await FindAsync("a")).ShouldBeNull();
        _calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_table_that_this_process_dropped_is_asked_for_again()
    {
        await FindAsync("a");
        _exists = false;
        _lookup.Invalidate(TableName.Parse("a").Value);
        (await FindAsync("a")).ShouldBe(NotFound);
    }

    [Fact]
    public async Task The_memory_is_bounded()
    {
        await FindAsync("a");
        for (var i = 0; i < TableLookup.MaxTables; i++) await FindAsync($"t{i}");
        await FindAsync("a");
        _calls.ShouldBe(TableLookup.MaxTables + 2);
    }

    [Fact]
    public async Task Nothing_is_remembered_where_the_grains_are_in_this_process()
    {
        var lookup = Lookup(isCacheEnabled: false);
        for (var i = 0; i < 2; i++) (await lookup.FindAsync(TableName.Parse("a").Value, CancellationToken.None)).Failure.ShouldBeNull();
        _calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_part_that_is_invalid_is_read_once_more_by_the_present_table()
    {
        var table = TableName.Parse("a").Value;
        await FindAsync("a");
        var reads = 0;

        var read = await _lookup.ReadAsync(table, _ => ++reads == 1 ? NotFound : (Result<int>)7, CancellationToken.None);

        read.Value.Value.ShouldBe(7);
        _calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_part_that_stays_invalid_is_read_twice_and_fails()
    {
        var reads = 0;

        var read = await _lookup.ReadAsync(TableName.Parse("a").Value, _ => { reads++; return (Result<int>)NotFound; }, CancellationToken.None);

        read.Failure.ShouldBe(NotFound);
        reads.ShouldBe(2);
    }

    private async Task<Failure?> FindAsync(string table) => (await _lookup.FindAsync(TableName.Parse(table).Value, CancellationToken.None)).Failure;

    private TableLookup Lookup(bool isCacheEnabled)
    {
        var grain = Stub.Of<ITableGrain>((_, _) => Describe());
        return new TableLookup(Stub.Of<IGrainFactory>((_, arguments) => { _name = (string)arguments[0]!; return grain; }), _time, isCacheEnabled);
    }

    private Task<Result<TableStatus>> Describe()
    {
        _calls++;
        return Task.FromResult<Result<TableStatus>>(
            _exists ? new TableStatus(TableName.Parse(_name).Value, 1, new ModelIdentity("m", "1", 512), Metric.L2) : NotFound);
    }
}
