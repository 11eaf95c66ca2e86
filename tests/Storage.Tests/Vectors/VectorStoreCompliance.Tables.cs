using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Tests.Vectors;

/// <summary>Opening and dropping tables.</summary>
public abstract partial class VectorStoreCompliance
{
    [SuiteFact]
    public async Task Opening_an_open_table_keeps_its_rows()
    {
        await PutAsync(Row(1, 1, Vector(1)));
        await Store.OpenAsync(Table, None);
        (await FoundAsync(Vector(1))).ShouldBe([new RowVersion(1, 1)]);
    }

    [SuiteFact]
    public async Task A_table_that_was_never_opened_is_refused_with_its_name()
    {
        TableGeneration unknown = NewTable().Generation;
        (await Should.ThrowAsync<VectorStoreException>(async () => await Store.SearchAsync(unknown, [Vector(1)], 5, null, None)))
            .Message.ShouldContain(unknown.ToString());
        await Should.ThrowAsync<VectorStoreException>(async () => await Store.PutAsync(unknown, [Row(1, 1, Vector(1))], None));
        await Should.ThrowAsync<VectorStoreException>(async () => await Store.RemoveAsync(unknown, [new RowVersion(1, 1)], None));
    }

    [SuiteFact]
    public async Task A_dropped_table_is_refused()
    {
        await PutAsync(Row(1, 1, Vector(1)));
        await Store.DropAsync(Table.Generation, None);
        await Should.ThrowAsync<VectorStoreException>(async () => await SearchAsync(Vector(1)));
    }

    [SuiteFact]
    public async Task Dropping_a_table_that_is_not_there_is_no_error()
    {
        await Store.DropAsync(NewTable().Generation, None);
        (await FoundAsync(Vector(1))).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task A_table_that_is_dropped_and_opened_anew_is_empty()
    {
        await PutAsync(Row(1, 1, Vector(1)));
        await Store.DropAsync(Table.Generation, None);
        await Store.OpenAsync(Table, None);
        (await FoundAsync(Vector(1))).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task Two_generations_of_one_name_are_apart()
    {
        string name = Table.Generation.Name.Value;
        TableRecord next = await OpenTableAsync(name);
        await PutAsync(Row(1, 1, Vector(1)));
        await Store.PutAsync(next.Generation, [Row(2, 1, Vector(2))], None);
        await Store.DropAsync(Table.Generation, None);

        (await Store.SearchAsync(next.Generation, [Vector(1)], 5, null, None)).Select(hit => hit.Row.Id).ShouldBe([2]);
    }

    [SuiteFact]
    public async Task Many_tables_are_apart()
    {
        var tables = new List<TableRecord>();
        for (int table = 0; table < 20; table++)
        {
            tables.Add(await OpenTableAsync());
            await Store.PutAsync(tables[table].Generation, [Row(table, 1, Vector(1)), Row(table + 100, 1, Vector(2))], None);
        }

        for (int table = 0; table < 20; table++)
        {
            (await Store.SearchAsync(tables[table].Generation, [Vector(1)], 5, null, None))
                .Select(hit => hit.Row.Id).ShouldBe([table, table + 100]);
        }
    }
}
