using ImageSearch.Storage.Backups;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Tests.Catalog;
using ImageSearch.Storage.Tests.Sqlite;

namespace ImageSearch.Storage.Tests.Backups;

public sealed class BackupRestoreTests
{
    [Fact]
    public async Task A_restored_catalog_is_the_same_catalog_and_gives_no_id_twice()
    {
        await using var shop = await BackedUpCatalog.CreateAsync(rows: 5);
        await shop.Catalog.DeleteByIdsAsync(shop.Table, [5], default);
        await shop.WriteAsync("one");

        await using var restored = await DataFolder.OpenAsync(new SqliteOptions { DataFolder = await shop.RestoreAsync("one") });

        restored.Identity.ShouldBe(shop.Catalog.Identity);
        var table = (await restored.FindTableAsync(BackedUpCatalog.Shop, default)).ShouldNotBeNull();
        (await restored.AddAsync(table.Generation, Rows.Row(), default)).Value.Id.ShouldBe(6);
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_is_refused()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        await shop.WriteAsync("one");
        var target = Directory.CreateDirectory(shop.Other("target"));
        File.WriteAllText(Path.Combine(target.FullName, "notes.txt"), "");

        var refused = await Should.ThrowAsync<BackupException>(Restore(shop, target.FullName, replace: false));

        refused.Message.ShouldContain("notes.txt");
        refused.Message.ShouldContain("--force");
    }

    [Fact]
    public async Task A_catalog_that_is_replaced_is_set_aside()
    {
        await using var shop = await BackedUpCatalog.CreateAsync(rows: 2);
        await shop.WriteAsync("one");
        await shop.Catalog.AddAsync(shop.Table, Rows.Row(), default);
        await shop.Catalog.DisposeAsync();

        var (_, setAside) = await Restore(shop, shop.DataPath, replace: true);

        (await BackedUpCatalog.RowsOfAsync(shop.DataPath)).Count.ShouldBe(2);
        (await BackedUpCatalog.RowsOfAsync(setAside.ShouldNotBeNull())).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_folder_that_a_service_uses_is_refused()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        await shop.WriteAsync("one");

        (await Should.ThrowAsync<CatalogException>(Restore(shop, shop.DataPath, replace: true))).Message.ShouldContain("in use");
    }

    [Fact]
    public async Task An_interrupted_restore_can_be_run_again()
    {
        await using var shop = await BackedUpCatalog.CreateAsync(rows: 2);
        await shop.WriteAsync("one");
        var rest = Directory.CreateDirectory(Path.Combine(shop.Other("restored-one"), "restore.partial"));
        File.WriteAllText(Path.Combine(rest.FullName, "catalog.db"), "half");

        (await BackedUpCatalog.RowsOfAsync(await shop.RestoreAsync("one"))).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("changed", "was changed or damaged")]
    [InlineData("shorter", "was changed or damaged")]
    [InlineData("missing", "is missing")]
    [InlineData("extra", "does not list")]
    [InlineData("no manifest", "no manifest.json")]
    [InlineData("broken manifest", "is damaged")]
    [InlineData("path out of the folder", "is missing")]
    [InlineData("newer schema", "newer ImageSearch")]
    [InlineData("newer format", "newer ImageSearch")]
    public async Task A_backup_that_was_tampered_with_is_refused_and_the_folder_stays_empty(string kind, string reason)
    {
        await using var shop = await BackedUpCatalog.CreateAsync(rows: 2);
        shop.AddIndexFile("vectors.f32", [1, 2, 3]);
        await shop.WriteAsync("one");
        Tamper(shop.PathOf("one"), kind);
        var target = shop.Other("target");

        (await Should.ThrowAsync<BackupException>(Restore(shop, target, replace: false))).Message.ShouldContain(reason);

        if (Directory.Exists(target)) Directory.EnumerateFileSystemEntries(target).Select(Path.GetFileName).ShouldBeSubsetOf(["catalog.lock"]);
    }

    [Fact]
    public async Task A_check_finds_rows_that_the_manifest_does_not_have()
    {
        await using var shop = await BackedUpCatalog.CreateAsync(rows: 2);
        await shop.WriteAsync("one");
        var check = new BackupCheck(shop.PathOf("one"));
        var manifest = await check.CheckFilesAsync(_ => { }, default);
        check.CheckCatalog(manifest);

        Should.Throw<BackupException>(() => check.CheckCatalog(manifest with { Tables = [new BackupTable("shop", 3)] })).Message.ShouldContain("other tables or rows");
    }

    private static Task<(BackupManifest Manifest, string? SetAside)> Restore(BackedUpCatalog shop, string target, bool replace) =>
        new BackupRestore(shop.PathOf("one"), target, TimeProvider.System).RunAsync(replace, _ => { }, default);

    private static void Tamper(string backup, string kind)
    {
        var (catalog, manifest) = (Path.Combine(backup, "catalog.db"), Path.Combine(backup, "manifest.json"));
        switch (kind)
        {
            case "changed":
                using (var file = File.OpenWrite(catalog)) file.WriteByte(0x55);
                break;
            case "shorter":
                using (var file = File.OpenWrite(catalog)) file.SetLength(file.Length - 1);
                break;
            case "missing":
                File.Delete(Path.Combine(backup, "index", "1_shop", "vectors.f32"));
                break;
            case "extra":
                File.WriteAllText(catalog + "-wal", "rows of another catalog");
                break;
            case "no manifest":
                File.Delete(manifest);
                break;
            case "broken manifest":
                File.WriteAllText(manifest, "{\"format\":1}");
                break;
            case "path out of the folder":
                Replace("index/1_shop/vectors.f32", "../../vectors.f32");
                break;
            case "newer schema":
                Replace("\"schema\": 3", "\"schema\": 4");
                break;
            case "newer format":
                Replace("\"format\": 1", "\"format\": 2");
                break;
        }

        void Replace(string from, string to) => File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(from, to, StringComparison.Ordinal));
    }
}
