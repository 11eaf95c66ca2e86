using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Reembedding;
using static ImageSearch.Storage.Tests.Catalog.Rows;

namespace ImageSearch.Storage.Tests.Catalog;

/// <content>The step in which new vectors replace the old ones.</content>
public abstract partial class ReembedStoreCompliance
{
    [SuiteFact]
    public async Task The_switch_replaces_the_model_and_all_vectors_and_keeps_rows_versions_and_dates()
    {
        var rows = await AddAsync(3);
        var before = await ItemsAsync(Table, rows);
        var reembed = await BeginAsync();
        await RecordAsync(reembed, rows);
        Time.Now += TimeSpan.FromHours(1);

        (await Reembeds.SwitchAsync(reembed, default)).ShouldBeTrue();

        var table = (await Catalog.FindTableAsync(Name, default)).ShouldNotBeNull();
        (table.Generation, table.Model, table.Revision).ShouldBe((reembed.Target, Wider, 1));
        (await ItemsAsync(table.Generation, rows)).ShouldBe(before);
        var vectors = await VectorsAsync(table.Generation, Wider.Dimension);
        vectors.Select(row => row.Row).ShouldBe(rows);
        vectors.Select(row => row.Whole.ToArray()).ShouldBe(rows.Select(row => NewVector(row.Id)));
        (await Catalog.CountSearchableAsync(table.Generation, default)).Value.ShouldBe(3);
        (await Reembeds.FindAsync(Table.Number, default)).ShouldNotBeNull().State.ShouldBe(ReembedState.Finished);
    }

    [SuiteFact]
    public async Task No_switch_happens_while_a_row_has_no_record()
    {
        var rows = await AddAsync(2);
        var reembed = await BeginAsync();
        await RecordAsync(reembed, rows[0]);

        (await Reembeds.SwitchAsync(reembed, default)).ShouldBeFalse();

        (await Catalog.FindTableAsync(Name, default)).ShouldNotBeNull().Model.ShouldBe(Model);
        (await VectorsAsync(Table, Model.Dimension)).Count.ShouldBe(2);
    }

    [SuiteFact]
    public async Task No_switch_happens_after_the_change_was_cancelled()
    {
        var reembed = await BeginAsync();
        await RecordAsync(reembed, await AddAsync(1));
        await Reembeds.EndAsync(reembed, ReembedState.Cancelled, null, default);

        (await Reembeds.SwitchAsync(reembed, default)).ShouldBeFalse();
    }

    [SuiteFact]
    public async Task No_switch_happens_with_more_failures_than_may_be()
    {
        var rows = await AddAsync(1);
        var reembed = await BeginAsync();
        await Reembeds.AddRowsAsync(reembed, [new ReembeddedRow(rows[0], null, new Failure(FailureCode.UrlTimeout, "slow"))], default);

        (await Reembeds.SwitchAsync(reembed, default)).ShouldBeFalse();
        (await VectorsAsync(Table, Model.Dimension)).Count.ShouldBe(1);
    }

    [SuiteFact]
    public async Task The_set_of_a_change_that_was_given_up_is_never_used_again()
    {
        var rows = await AddAsync(1);
        var first = await BeginAsync();
        await Reembeds.EndAsync(first, ReembedState.Cancelled, null, default);
        var second = (await Reembeds.BeginAsync(Table, new ModelIdentity("third", "1", Wider.Dimension), Choices, default)).Value!;
        await RecordAsync(second, rows);

        (await Reembeds.SwitchAsync(second, default)).ShouldBeTrue();

        second.TargetSet.ShouldBeGreaterThan(first.TargetSet);
        (await Catalog.FindTableAsync(Name, default)).ShouldNotBeNull().Generation.ShouldBe(second.Target);
    }

    [SuiteFact]
    public async Task A_repeated_switch_changes_nothing_and_tells_that_it_happened()
    {
        var reembed = await BeginAsync();
        await RecordAsync(reembed, await AddAsync(1));
        await Reembeds.SwitchAsync(reembed, default);

        (await Reembeds.SwitchAsync(reembed, default)).ShouldBeTrue();

        (await Catalog.FindTableAsync(Name, default)).ShouldNotBeNull().Generation.ShouldBe(reembed.Target);
    }

    [SuiteFact]
    public async Task A_row_that_could_not_be_embedded_has_no_vector_afterwards()
    {
        var rows = await AddAsync(2);
        var reembed = await BeginAsync(maxFailures: 1);
        await RecordAsync(reembed, rows[0]);
        await Reembeds.AddRowsAsync(reembed, [new ReembeddedRow(rows[1], null, new Failure(FailureCode.UrlTimeout, "slow"))], default);

        (await Reembeds.SwitchAsync(reembed, default)).ShouldBeTrue();

        (await VectorsAsync(reembed.Target, Wider.Dimension)).Single().Row.ShouldBe(rows[0]);
        (await Catalog.CountSearchableAsync(reembed.Target, default)).Value.ShouldBe(1);
        (await ItemsAsync(reembed.Target, rows)).Count.ShouldBe(2);
    }

    [SuiteFact]
    public async Task Calls_that_know_the_old_vectors_get_table_dropped()
    {
        var rows = await AddAsync(1);
        var reembed = await BeginAsync();
        await RecordAsync(reembed, rows);
        await Reembeds.SwitchAsync(reembed, default);

        (await Catalog.AddAsync(Table, Row(), default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        (await Catalog.ChangeAsync(Table, Change(rows[0].Id, Vector(5)), default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        (await Catalog.DeleteByIdsAsync(Table, [rows[0].Id], default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        (await Catalog.ReadTextsAsync(Table, rows, default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        (await Items.PatchItemAsync(Table, new ItemPatch(new ItemReference(null, rows[0].Id), new FieldChanges()), true, default))
            .Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
    }

    [SuiteFact]
    public async Task Rows_are_added_by_the_new_model_afterwards_and_the_table_is_dropped_as_any()
    {
        var reembed = await BeginAsync();
        await RecordAsync(reembed, await AddAsync(1));
        await Reembeds.SwitchAsync(reembed, default);

        (await Catalog.AddAsync(reembed.Target, new NewPicture(new PictureVectors(Wider, NewVector(7)), new PictureTexts()), default)).Value.Id.ShouldBe(2);
        (await Catalog.DropTableAsync(reembed.Target, default)).ShouldBeTrue();

        (await Catalog.FindTableAsync(Name, default)).ShouldBeNull();
    }

    [SuiteFact]
    public async Task Vectors_that_no_change_needs_are_swept_and_failures_are_kept()
    {
        var rows = await AddAsync(2);
        var reembed = await BeginAsync(maxFailures: 1);
        await RecordAsync(reembed, rows[0]);
        await Reembeds.AddRowsAsync(reembed, [new ReembeddedRow(rows[1], null, new Failure(FailureCode.UrlTimeout, "slow"))], default);
        await Reembeds.SweepAsync(default);
        (await Reembeds.CountAsync(reembed, default)).ShouldBe((1, 1));
        await Reembeds.SwitchAsync(reembed, default);

        (await Reembeds.SweepAsync(default)).ShouldBeFalse();

        (await Reembeds.CountAsync(reembed, default)).ShouldBe((0, 1));
    }

    [SuiteFact]
    public async Task Nothing_is_left_of_a_dropped_table()
    {
        var reembed = await BeginAsync();
        await RecordAsync(reembed, await AddAsync(1));
        await Catalog.DropTableAsync(Table, default);

        await Reembeds.SweepAsync(default);

        (await Reembeds.FindAsync(Table.Number, default)).ShouldBeNull();
        (await Reembeds.CountAsync(reembed, default)).ShouldBe((0, 0));
    }

    private IItemCatalog Items => (IItemCatalog)Catalog;

    private async Task<IReadOnlyList<Item>> ItemsAsync(TableGeneration table, RowVersion[] rows) =>
        [.. (await Items.ReadItemsAsync(table, [.. rows.Select(row => row.Id)], default)).Value!.OrderBy(item => item.Id)];

    private async Task<List<RowVectors>> VectorsAsync(TableGeneration table, int dimension)
    {
        var vectors = new List<RowVectors>();
        await foreach (var batch in Catalog.ReadVectorsAsync(table, dimension, RowSelection.All, default)) vectors.AddRange(batch.Vectors);
        return vectors;
    }
}
