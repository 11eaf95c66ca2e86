using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Reembedding;
using static ImageSearch.Storage.Tests.Catalog.Rows;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>The compliance suite of stores of changes of models.</summary>
public abstract partial class ReembedStoreCompliance : IAsyncLifetime
{
    private static readonly ModelIdentity Wider = new("other-net", "2", 6);
    private static readonly ReembedChoices Choices = new(PictureViews.Whole, MaxFailures: 0);
    private static readonly TableName Name = TableName.Parse("shop").Value;

    private SettableTime Time { get; } = new();

    private ICatalog Catalog { get; set; } = null!;

    private IReembedStore Reembeds { get; set; } = null!;

    private TableGeneration Table { get; set; }

    public virtual async Task InitializeAsync()
    {
        (Catalog, Reembeds) = await OpenAsync(Time);
        Table = (await Catalog.CreateTableAsync(Name, Model, Metric.L2, default)).Generation;
    }

    public virtual async Task DisposeAsync() => await Catalog.DisposeAsync();

    /// <summary>Opens the catalog of this test and its store.</summary>
    protected abstract Task<(ICatalog Catalog, IReembedStore Reembeds)> OpenAsync(TimeProvider time);

    [SuiteFact]
    public async Task A_change_that_was_begun_is_found_and_runs()
    {
        var begun = await BeginAsync();

        begun.ShouldBe(new Reembed(begun.Id, Table, 1, Wider, Choices, ReembedState.Running, null, "2026-03-04 05:06:07.089", null));
        (await Reembeds.FindAsync(Table.Number, default)).ShouldBe(begun);
        (await Reembeds.ListRunningAsync(default)).ShouldBe([begun]);
    }

    [SuiteFact]
    public async Task Beginning_the_change_that_runs_returns_it()
    {
        var begun = await BeginAsync();

        (await BeginAsync()).ShouldBe(begun);
    }

    [SuiteFact]
    public async Task While_one_runs_no_other_begins()
    {
        await BeginAsync();

        var other = await Reembeds.BeginAsync(Table, new ModelIdentity("third", "1", 3), Choices, default);

        other.Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.ReembedRunning);
    }

    [SuiteFact]
    public async Task Rows_are_open_until_they_have_a_record_of_their_present_picture()
    {
        var rows = await AddAsync(3);
        var reembed = await BeginAsync();
        await RecordAsync(reembed, rows[0], rows[1]);
        (await Catalog.ChangeAsync(Table, Change(rows[0].Id, Vector(9)), default)).Failure.ShouldBeNull();

        var open = await Reembeds.ReadOpenRowsAsync(reembed, long.MinValue, 10, default);

        open.Select(row => row.Row).ShouldBe([rows[0] with { Version = 2 }, rows[2]]);
        (await Reembeds.ReadOpenRowsAsync(reembed, rows[0].Id, 10, default)).Single().Row.ShouldBe(rows[2]);
    }

    [SuiteFact]
    public async Task An_open_row_tells_where_its_picture_is()
    {
        await Catalog.AddAsync(Table, Row(new PictureTexts(FilePath: "http://shop/1.jpg")), default);

        (await Reembeds.ReadOpenRowsAsync(await BeginAsync(), long.MinValue, 10, default)).Single().FilePath.ShouldBe("http://shop/1.jpg");
    }

    [SuiteFact]
    public async Task Recorded_vectors_come_back()
    {
        var rows = await AddAsync(2);
        var reembed = await BeginAsync();
        var mainObject = NewVector(1000);
        await RecordAsync(reembed, rows[0]);
        await Reembeds.AddRowsAsync(reembed, [new ReembeddedRow(rows[1], new PictureVectors(Wider, NewVector(rows[1].Id), mainObject), null)], default);

        var read = await Reembeds.ReadVectorsAsync(reembed, long.MinValue, 10, default);

        read.Select(row => row.Row).ShouldBe(rows);
        read.Select(row => row.Whole.ToArray()).ShouldBe(rows.Select(row => NewVector(row.Id)));
        read.Select(row => row.MainObject?.ToArray()).ShouldBe([null, mainObject]);
        (await Reembeds.CountAsync(reembed, default)).ShouldBe((2, 0));
    }

    [SuiteFact]
    public async Task A_failure_tells_the_row_its_key_and_why()
    {
        var row = (await Catalog.AddAsync(Table, Row(key: "sku 1"), default)).Value;
        var reembed = await BeginAsync();
        await Reembeds.AddRowsAsync(reembed, [new ReembeddedRow(row, null, new Failure(FailureCode.UrlTimeout, "too 'slow'"))], default);

        (await Reembeds.ListFailuresAsync(reembed, long.MinValue, 10, default)).Single()
            .ShouldBe(new ReembedFailure(row.Id, "sku 1", new Failure(FailureCode.UrlTimeout, "too 'slow'")));
        (await Reembeds.CountAsync(reembed, default)).ShouldBe((0, 1));
    }

    [SuiteFact]
    public async Task One_that_was_cancelled_goes_on_with_what_it_has_and_tries_failures_again()
    {
        var rows = await AddAsync(2);
        var reembed = await BeginAsync();
        await RecordAsync(reembed, rows[0]);
        await Reembeds.AddRowsAsync(reembed, [new ReembeddedRow(rows[1], null, new Failure(FailureCode.UrlTimeout, "slow"))], default);
        (await Reembeds.EndAsync(reembed, ReembedState.Cancelled, null, default)).ShouldBeTrue();

        var resumed = await BeginAsync();

        resumed.Id.ShouldBe(reembed.Id);
        (await Reembeds.ReadOpenRowsAsync(resumed, long.MinValue, 10, default)).Single().Row.ShouldBe(rows[1]);
    }

    [SuiteFact]
    public async Task One_to_another_model_begins_from_nothing()
    {
        var rows = await AddAsync(1);
        var reembed = await BeginAsync();
        await RecordAsync(reembed, rows);
        await Reembeds.EndAsync(reembed, ReembedState.Failed, "why", default);

        var other = (await Reembeds.BeginAsync(Table, new ModelIdentity("third", "1", 3), Choices, default)).Value!;

        other.Id.ShouldNotBe(reembed.Id);
        (await Reembeds.ReadOpenRowsAsync(other, long.MinValue, 10, default)).Count.ShouldBe(1);
    }

    [SuiteFact]
    public async Task One_that_ended_does_not_end_again()
    {
        var reembed = await BeginAsync();
        await Reembeds.EndAsync(reembed, ReembedState.Failed, "why", default);

        (await Reembeds.EndAsync(reembed, ReembedState.Cancelled, null, default)).ShouldBeFalse();
        (await Reembeds.FindAsync(Table.Number, default)).ShouldNotBeNull().Fault.ShouldBe("why");
    }

    private static float[] NewVector(long id) => Vector((int)id + 100, Wider.Dimension);

    private async Task<Reembed> BeginAsync(long maxFailures = 0) =>
        (await Reembeds.BeginAsync(Table, Wider, Choices with { MaxFailures = maxFailures }, default)).Value.ShouldNotBeNull();

    private async Task<RowVersion[]> AddAsync(int count)
    {
        var rows = new RowVersion[count];
        for (var i = 0; i < count; i++) rows[i] = (await Catalog.AddAsync(Table, Row(i, $"key {i}"), default)).Value;
        return rows;
    }

    private Task RecordAsync(Reembed reembed, params RowVersion[] rows) => Reembeds.AddRowsAsync(
        reembed, [.. rows.Select(row => new ReembeddedRow(row, new PictureVectors(Wider, NewVector(row.Id)), null))], default);
}
