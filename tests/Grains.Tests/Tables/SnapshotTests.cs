using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>A start with snapshots of the previous run on disk reads only changed rows from the catalog.</summary>
public sealed class SnapshotTests : TableFixture
{
    protected override bool StoresSnapshots => true;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Table.CreateAsync(null, default);
        for (var i = 0; i < 20; i++) await AddAsync(i * 10);
    }

    [Fact]
    public async Task A_restart_reads_no_vector_from_the_catalog()
    {
        await RestartAsync();
        (await FoundNearAsync(50, 1)).ShouldBe([6]);
        Counted.VectorsRead.ShouldBe(0);
    }

    [Fact]
    public async Task A_restart_without_snapshots_reads_each_vector_once()
    {
        await RestartAsync(between: () => { Directory.Delete(IndexFolder, recursive: true); return Task.CompletedTask; });
        (await FoundNearAsync(50, 1)).ShouldBe([6]);
        Counted.VectorsRead.ShouldBe(20);
    }

    [Fact]
    public async Task A_waiting_row_is_read_once_and_searchable_after_the_start()
    {
        await RestartAsync(between: () => Catalog.AddAsync(Generation, Picture(300), searchable: false, default));
        (await FoundNearAsync(300, 1)).ShouldBe([21]);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(21);
        Counted.VectorsRead.ShouldBe(1);
    }

    [Fact]
    public async Task Changes_since_the_snapshot_are_found_and_no_other_row_is_read()
    {
        await RestartAsync(between: async () =>
        {
            await Catalog.AddAsync(Generation, Picture(300), searchable: true, default);
            await Catalog.DeleteByIdsAsync(Generation, [6], default);
            await Catalog.ChangeAsync(Generation, new PictureChange(11, new PictureVectors(Model, At(330)), new PictureTexts()), searchable: true, default);
        });
        (await FoundNearAsync(300, 1)).ShouldBe([21]);
        (await FoundNearAsync(330, 1)).ShouldBe([11]);
        (await FoundNearAsync(0, 100)).Order().ShouldBe(Enumerable.Range(1, 21).Select(id => (long)id).Except([6]));
        Counted.VectorsRead.ShouldBe(2);
    }

    [Fact]
    public async Task A_corrupt_snapshot_loses_no_row()
    {
        await RestartAsync(between: () =>
        {
            foreach (var snapshot in Directory.EnumerateFiles(IndexFolder, "*.snapshot", SearchOption.AllDirectories)) File.WriteAllText(snapshot, "torn");
            return Task.CompletedTask;
        });
        (await FoundNearAsync(0, 100)).Length.ShouldBe(20);
        Counted.VectorsRead.ShouldBe(20);
    }

    [Fact]
    public async Task A_search_reopens_a_table_that_the_store_has_lost()
    {
        Vectors.LosesTable = true;
        (await FoundNearAsync(50, 1)).ShouldBe([6]);
    }

    [Fact]
    public async Task A_table_that_is_being_loaded_is_listed_while_another_is_searched()
    {
        var other = Grains.GetGrain<ITableGrain>("other");
        await other.CreateAsync(null, default);
        var (reading, resume) = (new TaskCompletionSource(), new TaskCompletionSource());
        await RestartAsync(between: () => { Directory.Delete(IndexFolder, recursive: true); return Task.CompletedTask; });
        Counted.BeforeBatch = () =>
        {
            reading.TrySetResult();
            return resume.Task;
        };
        var search = FoundNearAsync(50, 1);
        await reading.Task;
        var load = Loads.Current.ShouldHaveSingleItem();
        (load.Table, load.Rows, load.Total).ShouldBe((Shop, 0, 20));
        (await Grains.GetGrain<ITableGrain>("other").SearchAsync(Near(0), default)).ShouldSucceed().Hits.ShouldBeEmpty();
        resume.SetResult();
        (await search).ShouldBe([6]);
        Loads.Current.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_drop_removes_all_files_of_the_table()
    {
        await RestartAsync();
        await FoundNearAsync(0);
        await Table.DropAsync(default);
        Directory.EnumerateFileSystemEntries(IndexFolder).ShouldBeEmpty();
    }

    private static TableGeneration Generation => new(Shop, 1);
}
