using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

public abstract partial class CatalogCompliance
{
    [SuiteFact]
    public async Task Thirty_two_writers_lose_nothing_and_share_no_id()
    {
        var table = await CreateAsync();

        var rows = await Task.WhenAll(Enumerable.Range(0, 32).Select(writer => Task.Run(async () =>
        {
            var own = new List<(RowVersion Row, string Tags)>();
            for (var i = 0; i < 20; i++)
            {
                own.Add((await AddAsync(table, Rows.Row(tags: $"{writer}/{i}")), $"{writer}/{i}"));
            }

            return own;
        })));

        var all = rows.SelectMany(own => own).ToList();
        all.Select(row => row.Row.Id).Order().ShouldBe(Enumerable.Range(1, 640).Select(id => (long)id));
        var texts = await TextsAsync(table, [.. all.Select(row => row.Row)]);
        all.ShouldAllBe(row => texts[row.Row.Id].Tags == row.Tags);
    }

    [SuiteFact]
    public async Task Readers_see_each_row_as_soon_as_its_add_has_ended()
    {
        var table = await CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                var row = await AddAsync(table, Rows.Row());
                (await TextsAsync(table, row)).Keys.ShouldBe([row.Id]);
            }
        })));

        Value(await Catalog.CountSearchableAsync(table, default)).ShouldBe(160);
    }

    [SuiteFact]
    public async Task A_write_that_is_cancelled_beforehand_does_nothing()
    {
        var table = await CreateAsync();
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(async () => await Catalog.AddAsync(table, Rows.Row(), cancelled));

        (await VectorsAsync(table)).Vectors.ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task Writes_that_were_accepted_are_stored_when_the_catalog_closes()
    {
        var table = await CreateAsync();
        var adds = Enumerable.Range(0, 100).Select(i => AddAsync(table, Rows.Row(i))).ToList();

        await ReopenAsync();

        var rows = await Task.WhenAll(adds);
        (await TextsAsync(table, rows)).Count.ShouldBe(100);
    }

    [SuiteFact]
    public async Task A_closed_catalog_refuses_calls()
    {
        var table = await CreateAsync();
        await Catalog.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await Catalog.AddAsync(table, Rows.Row(), default));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await Catalog.CountSearchableAsync(table, default));
        await Should.NotThrowAsync(async () => await Catalog.DisposeAsync());
    }
}
