using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Sqlite.Files;
using ImageSearch.Storage.Tests.Catalog;
using ImageSearch.Storage.Tests.Sqlite.ChildProcess;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>What happens to files under a running service is noticed, and nothing that was answered is lost by it.</summary>
public sealed class SqliteFilesTests : IDisposable
{
    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxTheory]
    [InlineData("catalog.db-wal")]
    [InlineData("catalog.db-shm")]
    public async Task A_log_that_is_removed_is_saved_in_the_catalog_and_writes_go_on(string file)
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        await catalog.AddAsync(table, Rows.Row(tags: "before"), default);

        File.Delete(Path.Combine(_folder.Path, file));
        await catalog.AddAsync(table, Rows.Row(tags: "after"), default);
        await catalog.AddAsync(table, Rows.Row(tags: "later"), default);

        // What a kill at this moment leaves is what is in the folder.
        await ShouldHoldAsync(Copy(), 3);
        (await catalog.CountSearchableAsync(table, default)).Value.ShouldBe(3);
    }

    [LinuxFact]
    public async Task A_log_that_is_replaced_is_saved_too()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        await catalog.AddAsync(table, Rows.Row(), default);
        var log = _folder.Options.DatabasePath + "-wal";
        File.Copy(log, log + ".copy");
        File.Move(log + ".copy", log, overwrite: true);

        await catalog.AddAsync(table, Rows.Row(), default);

        await ShouldHoldAsync(Copy(), 2);
    }

    [LinuxFact]
    public async Task Rows_of_a_log_that_is_removed_while_nobody_writes_are_saved_within_a_moment()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        await catalog.AddAsync(table, Rows.Row(), default);
        var log = _folder.Options.DatabasePath + "-wal";

        File.Delete(log);
        while (!File.Exists(log)) await Task.Yield();

        await ShouldHoldAsync(Copy(), 1);
    }

    [LinuxFact]
    public async Task Every_row_that_was_answered_is_there_after_logs_were_removed_and_the_process_killed()
    {
        using var child = Child.Start("add", _folder.Path);
        (await child.Output.ReadLineAsync()).ShouldBe(Program.OpenLine);
        var acknowledged = new List<string>();
        for (var round = 0; round < 5; round++)
        {
            File.Delete(_folder.Options.DatabasePath + "-wal");
            for (var i = 0; i < 100 && await child.Output.ReadLineAsync() is { } line; i++) acknowledged.Add(line);
        }

        await child.KillAsync();

        acknowledged.ShouldAllBe(line => char.IsAsciiDigit(line[0]));
        await using var catalog = await _folder.OpenAsync();
        var table = (await catalog.FindTableAsync(Shop, default))!.Generation;
        var ids = acknowledged.ConvertAll(line => new RowVersion(long.Parse(line.Split(' ')[0]), 1));
        (await catalog.ReadTextsAsync(table, ids, default)).Value!.Texts.Count.ShouldBe(ids.Count);
    }

    [LinuxFact]
    public async Task A_catalog_that_is_replaced_takes_no_more_writes()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        var file = _folder.Options.DatabasePath;
        File.Copy(file, file + ".copy");
        File.Move(file + ".copy", file, overwrite: true);

        (await Should.ThrowAsync<CatalogException>(async () => await catalog.AddAsync(table, Rows.Row(), default)))
            .Message.ShouldContain("replaced");
    }

    [LinuxFact]
    public async Task A_lock_file_that_is_removed_lets_no_second_service_in_and_stops_the_writes()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);

        File.Delete(Path.Combine(_folder.Path, "catalog.lock"));

        (await Should.ThrowAsync<CatalogException>(async () => await DataFolder.OpenAsync(_folder.Options)))
            .Message.ShouldContain("in use by another ImageSearch process");
        var failure = await Should.ThrowAsync<CatalogException>(async () => await catalog.AddAsync(table, Rows.Row(), default));
        failure.Code.ShouldBe(FailureCode.CatalogUnavailable);
        failure.Message.ShouldContain("catalog.lock");
    }

    [LinuxTheory]
    [InlineData(30, "read-only file system")]
    [InlineData(28, "full")]
    [InlineData(122, "quota")]
    [InlineData(5, "can't be written")]
    public void A_folder_that_can_not_be_written_is_told_with_its_reason(int errno, string words)
    {
        var fault = new IOException("native text") { HResult = errno };

        FolderFault.IsHeld(fault).ShouldBeFalse();
        FolderFault.Sentence("/data", fault).ShouldContain(words);
        FolderFault.Sentence("/data", fault).ShouldNotContain("in use");
        FolderFault.Sentence("/data", new UnauthorizedAccessException()).ShouldContain("no permission");
        FolderFault.IsHeld(new IOException("") { HResult = 11 }).ShouldBeTrue();
    }

    [LinuxFact]
    public async Task A_full_disk_is_told_by_the_check_that_health_asks()
    {
        using var child = Child.StartWithFileLimit(1024, "check", _folder.Path);

        var lines = (await child.Output.ReadToEndAsync()).Split('\n');

        lines[0].ShouldBe(Program.OpenLine);
        lines[^2].ShouldStartWith("checked CatalogUnavailable: ");
        lines[^2].ShouldContain("data folder");
    }

    private static async Task<TableGeneration> CreateAsync(SqliteCatalog catalog) =>
        (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;

    private DataFolder Copy()
    {
        var copy = new DataFolder();
        foreach (var file in Directory.GetFiles(_folder.Path, "catalog.db*")) File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
        return copy;
    }

    private static async Task ShouldHoldAsync(DataFolder folder, int rows)
    {
        using (folder)
        {
            await using (var catalog = await folder.OpenAsync())
            {
                var table = (await catalog.FindTableAsync(Shop, default))!.Generation;
                (await catalog.CountSearchableAsync(table, default)).Value.ShouldBe(rows);
            }

            folder.Scalar("PRAGMA integrity_check").ShouldBe("ok");
        }
    }
}
