using ImageSearch.Api.Tests.Running;
using ImageSearch.Client.Backups;
using ImageSearch.Client.Items;
using ImageSearch.Client.Keys;
using ImageSearch.Client.Problems;
using ImageSearch.Client.Reembedding;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Tests.Service;

/// <summary>The calls of those who run a service.</summary>
[Collection(ServiceGroup.Name)]
public sealed class AdministrationTests(ClientService service)
{
    private readonly ImageSearchClient _client = service.Client;

    [Fact]
    public async Task A_key_is_created_with_a_secret_that_works_and_is_shown_once()
    {
        var created = await _client.Keys.CreateAsync(
            new NewApiKey("Shop 1", [KeyScope.Read, KeyScope.Admin], ["keyed_*"]) { CallsPerSecond = 100, MaxRows = 10, MaxTables = 3 });
        created.Secret.ShouldNotBeNull();
        created.ToString().ShouldNotContain(created.Secret);

        var shop = new ImageSearchClient(service.Http, new ImageSearchClientOptions { Token = created.Secret });
        await shop.Tables.CreateAsync("keyed_shoes");
        (await Should.ThrowAsync<ProblemException>(() => shop.Tables.CreateAsync("other_shoes"))).Code.ShouldBe(ProblemCode.KeyForbidden);

        var self = await shop.Keys.GetSelfAsync();
        (self.Id, self.Name, self.Secret, self.MaxRows, self.MaxTables, self.CallsPerSecond).ShouldBe((created.Id, "Shop 1", null, 10, 3, 100));
        self.Scopes.ShouldBe([KeyScope.Read, KeyScope.Admin]);
        self.Tables.ShouldBe(["keyed_*"]);
    }

    [Fact]
    public async Task A_key_is_changed_rotated_listed_and_deleted()
    {
        var created = await _client.Keys.CreateAsync(new NewApiKey("changed", [KeyScope.Read], ["some"]) { CallsPerSecond = 5, MaxRows = 7 });
        var expires = new DateTimeOffset(2040, 1, 2, 3, 4, 5, TimeSpan.Zero);

        var changed = await _client.Keys.ChangeAsync(
            created.Id, new ApiKeyChanges { Scopes = [KeyScope.Write], MaxRows = null, Expires = expires, Disabled = true });
        (changed.Name, changed.CallsPerSecond, changed.MaxRows, changed.Expires, changed.Disabled).ShouldBe(("changed", 5, null, expires, true));
        changed.Scopes.ShouldBe([KeyScope.Write]);

        var rotated = await _client.Keys.RotateAsync(created.Id, TimeSpan.FromMinutes(1));
        rotated.Secret.ShouldNotBeNull().ShouldNotBe(created.Secret);

        (await AllAsync(_client.Keys.ListAsync())).ShouldContain(key => key.Id == created.Id);
        await _client.Keys.DeleteAsync(created.Id);
        (await Should.ThrowAsync<ProblemException>(() => _client.Keys.GetAsync(created.Id))).Code.ShouldBe(ProblemCode.KeyNotFound);
    }

    [Fact]
    public async Task What_is_done_to_a_key_is_in_the_audit()
    {
        var created = await _client.Keys.CreateAsync(new NewApiKey("audited", [KeyScope.Read], ["some"]));
        await _client.Keys.DeleteAsync(created.Id);

        var entries = (await AllAsync(_client.Audit.ListAsync())).Where(entry => entry.Target == created.Id).ToList();

        entries.Select(entry => (entry.Action, entry.Who, entry.Outcome)).ShouldBe([("key.delete", "token", "ok"), ("key.create", "token", "ok")]);
        entries[0].Time.ShouldBeGreaterThan(entries[1].Time.AddTicks(-1));
        entries[1].Detail.ShouldNotBeNull().ShouldContain("tables=some");
    }

    [Fact]
    public async Task Duplicates_are_searched_for_and_listed()
    {
        await _client.Tables.CreateAsync("twins");
        var items = _client.Items("twins");
        foreach (var (key, picture) in new[] { ("a", GoldenPicture.Flag), ("b", GoldenPicture.Flag), ("c", GoldenPicture.Wine) })
            await items.PutAsync(key, new NewItem(Picture.FromBytes(picture)));

        var started = await _client.Duplicates("twins").StartAsync(0.98);
        (started.Table, started.Rows).ShouldBe(("twins", 3));
        var group = (await AllAsync(_client.Duplicates("twins").ListAsync(0.98))).ShouldHaveSingleItem();
        (group.Count, group.HighestScore).ShouldBe((2, 1));
        group.Items.Select(item => item.Key).ShouldBe(["a", "b"]);
        (await _client.Duplicates("twins").GetSearchAsync()).MinScore.ShouldBe(0.98, 0.001);
    }

    [Fact]
    public async Task The_rule_of_duplicates_is_a_setting_of_a_table()
    {
        var created = await _client.Tables.CreateAsync("unique", new TableSettings { OnDuplicate = DuplicateRule.Return, DuplicateScore = 0.95 });
        (created.OnDuplicate, created.DuplicateScore, created.KeepPictures).ShouldBe((DuplicateRule.Return, 0.95, null));
        var items = _client.Items("unique");
        await items.PutAsync("a", new NewItem(Picture.FromBytes(GoldenPicture.Flag)));
        (await items.PutAsync("b", new NewItem(Picture.FromBytes(GoldenPicture.Flag)))).Effect.ShouldBe(ItemEffect.Duplicate);

        var changed = await _client.Tables.ChangeAsync("unique", new TableChanges { OnDuplicate = DuplicateRule.Reject, KeepPictures = KeepPictures.None });
        (changed.OnDuplicate, changed.KeepPictures).ShouldBe((DuplicateRule.Reject, KeepPictures.None));
        var refused = await Should.ThrowAsync<ProblemException>(() => items.PutAsync("b", new NewItem(Picture.FromBytes(GoldenPicture.Flag))));
        refused.Code.ShouldBe(ProblemCode.DuplicatePicture);
    }

    [Fact]
    public async Task A_table_gets_another_model()
    {
        await _client.Tables.CreateAsync("remodelled");
        await _client.Items("remodelled").PutAsync("flag", new NewItem(Picture.FromBytes(GoldenPicture.Flag)));
        (await Should.ThrowAsync<ProblemException>(() => _client.Reembedding("remodelled").GetAsync())).Code.ShouldBe(ProblemCode.ReembedNotFound);

        var model = new ModelIdentity { Name = "lite0-ret-512-v2-160", Version = "2.0.0", Dimension = 512 };
        var reembed = await _client.Reembedding("remodelled").BeginAsync(new ReembedOptions { Model = model });
        while (reembed.State == ReembedState.Running) reembed = await _client.Reembedding("remodelled").GetAsync();

        (reembed.State, reembed.Rows, reembed.Failed, reembed.Fault).ShouldBe((ReembedState.Finished, 1, 0, null));
        (await _client.Tables.GetAsync("remodelled")).Model.ShouldBe(model);
        (await AllAsync(_client.Reembedding("remodelled").FailuresAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_is_begun_watched_listed_and_removed()
    {
        var backup = await _client.Backups.BeginAsync("of-client");
        while (backup.State == BackupState.Running) backup = await _client.Backups.GetAsync("of-client");
        (backup.State, backup.Fault).ShouldBe((BackupState.Finished, null));
        backup.Bytes.ShouldBeGreaterThan(0);
        (backup.Tables, backup.Rows, backup.Ended).ShouldNotBe((null, null, null));

        (await AllAsync(_client.Backups.ListAsync())).ShouldContain(listed => listed.Name == "of-client");
        await _client.Backups.DeleteAsync("of-client");
        (await Should.ThrowAsync<ProblemException>(() => _client.Backups.GetAsync("of-client"))).Code.ShouldBe(ProblemCode.BackupNotFound);
    }

    [Fact]
    public async Task A_kept_thumbnail_comes_back_by_key_and_by_id()
    {
        await _client.Tables.CreateAsync("shown");
        var items = _client.Items("shown");
        var put = await items.PutAsync("a/b", new NewItem(Picture.FromBytes(GoldenPicture.Wine)));

        var byKey = await items.GetThumbnailAsync("a/b");
        byKey.MediaType.ShouldBe("image/webp");
        (await items.GetThumbnailAsync(put.Id)).Bytes.ToArray().ShouldBe(byKey.Bytes.ToArray());
        (await Should.ThrowAsync<ProblemException>(() => items.GetPictureAsync("a/b"))).Code.ShouldBe(ProblemCode.PictureNotKept);
    }

    [Fact]
    public async Task An_export_as_bytes_is_a_list_for_an_import()
    {
        await _client.Tables.CreateAsync("bytes");
        await _client.Items("bytes").PutAsync("flag", new NewItem(Picture.FromBytes(GoldenPicture.Flag)));
        using var list = new MemoryStream();
        await _client.Items("bytes").ExportToAsync(list);
        list.Position = 0;

        await _client.Tables.CreateAsync("bytes_copy");
        var import = await _client.Imports.SendNdjsonAsync("bytes_copy", list);
        await foreach (var progress in _client.Imports.WatchAsync(import.Id)) import = import with { Stored = progress.Stored };
        import.Stored.ShouldBe(1);
        (await _client.Items("bytes_copy").GetAsync("flag")).Id.ShouldBe((await _client.Items("bytes").GetAsync("flag")).Id);
    }

    [Fact]
    public async Task A_table_is_loaded_and_one_that_is_not_there_is_a_problem()
    {
        await _client.Tables.CreateAsync("loaded");
        await _client.Tables.LoadAsync("loaded");
        (await Should.ThrowAsync<ProblemException>(() => _client.Tables.LoadAsync("never_there"))).Code.ShouldBe(ProblemCode.TableNotFound);
    }

    [Fact]
    public async Task The_service_says_that_it_is_healthy()
    {
        var health = await _client.GetHealthAsync();
        (health.IsHealthy, health.Role).ShouldBe((true, "alone"));
        health.Checks.Keys.ShouldContain("catalog");
        health.Date.ShouldNotBeNull();
    }

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> entries)
    {
        var all = new List<T>();
        await foreach (var entry in entries) all.Add(entry);
        return all;
    }
}
