using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Keys;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>The compliance suite of key stores.</summary>
public abstract class KeyStoreCompliance : IAsyncLifetime
{
    private const string Id = "k3v9x2m1q8ab";
    private static readonly string First = new('a', 64);
    private static readonly string Second = new('b', 64);
    private static readonly string Third = new('c', 64);

    private SettableTime Time { get; } = new();

    private ICatalog Catalog { get; set; } = null!;

    private IKeyStore Keys { get; set; } = null!;

    public virtual async Task InitializeAsync() => (Catalog, Keys) = await OpenAsync(Time);

    public virtual async Task DisposeAsync() => await Catalog.DisposeAsync();

    /// <summary>Opens the catalog of this test and its key store.</summary>
    protected abstract Task<(ICatalog Catalog, IKeyStore Keys)> OpenAsync(TimeProvider time);

    [SuiteFact]
    public async Task A_key_is_found_by_the_hash_of_its_secret()
    {
        var key = await CreateAsync();

        var found = (await Keys.FindByHashAsync(First, default)).ShouldNotBeNull();

        (found with { Scopes = key.Scopes, Tables = key.Tables }).ShouldBe(key with { Created = "2026-03-04 05:06:07.089" });
        found.Scopes.ShouldBe(key.Scopes);
        found.Tables.ShouldBe(key.Tables);
        (await Keys.FindByHashAsync(Second, default)).ShouldBeNull();
    }

    [SuiteFact]
    public async Task A_key_without_limits_has_none()
    {
        await CreateAsync(key => new ApiKey(key.Id, key.Name, key.Scopes, key.Tables));

        var found = (await Keys.FindAsync(Id, default))!;

        (found.CallsPerSecond, found.Burst, found.MaxRows, found.MaxTables, found.Expires, found.Rotated, found.LastUsed)
            .ShouldBe((null, null, null, null, null, null, null));
    }

    [SuiteFact]
    public async Task A_change_needs_the_revision_that_was_read()
    {
        var key = await CreateAsync();

        (await Keys.ChangeAsync(key with { Name = "二店", IsDisabled = true }, Entry("key.change"), default)).ShouldBeTrue();
        (await Keys.ChangeAsync(key with { Name = "late" }, Entry("key.change"), default)).ShouldBeFalse();

        var found = (await Keys.FindAsync(Id, default))!;
        (found.Name, found.IsDisabled, found.Revision).ShouldBe(("二店", true, 1));
        (await Keys.ListAuditAsync(null, 10, default)).Select(entry => entry.Action).ShouldBe(["key.change", "key.create"]);
    }

    [SuiteFact]
    public async Task A_secret_that_was_replaced_goes_on_until_its_grace_ends()
    {
        await CreateAsync();
        (await Keys.RotateAsync(Id, Second, Time.GetUtcNow().AddHours(1), Entry("key.rotate"), default)).ShouldBeTrue();
        (await Keys.FindByHashAsync(First, default))!.Rotated.ShouldNotBeNull();
        (await Keys.FindByHashAsync(Second, default)).ShouldNotBeNull();

        Time.Now += TimeSpan.FromHours(2);

        (await Keys.FindByHashAsync(First, default)).ShouldBeNull();
        (await Keys.FindByHashAsync(Second, default)).ShouldNotBeNull();
    }

    [SuiteFact]
    public async Task A_second_rotation_ends_the_grace_of_the_first_secret()
    {
        await CreateAsync();
        await Keys.RotateAsync(Id, Second, Time.GetUtcNow().AddHours(1), Entry("key.rotate"), default);

        await Keys.RotateAsync(Id, Third, null, Entry("key.rotate"), default);

        (await Keys.FindByHashAsync(First, default)).ShouldBeNull();
        (await Keys.FindByHashAsync(Second, default)).ShouldBeNull();
        (await Keys.FindByHashAsync(Third, default)).ShouldNotBeNull();
    }

    [SuiteFact]
    public async Task A_rotation_that_is_sent_again_changes_nothing()
    {
        await CreateAsync();
        await Keys.RotateAsync(Id, Second, Time.GetUtcNow().AddHours(1), Entry("key.rotate"), default);

        (await Keys.RotateAsync(Id, Second, Time.GetUtcNow().AddHours(1), Entry("key.rotate"), default)).ShouldBeTrue();

        (await Keys.FindByHashAsync(First, default)).ShouldNotBeNull();
        (await Keys.ListAuditAsync(null, 10, default)).Count.ShouldBe(2);
    }

    [SuiteFact]
    public async Task A_deleted_key_is_gone_and_its_record_stays()
    {
        await CreateAsync();
        (await Keys.DeleteAsync(Id, revision: 7, Entry("key.delete"), default)).ShouldBeFalse();
        (await Keys.DeleteAsync(Id, revision: 0, Entry("key.delete"), default)).ShouldBeTrue();
        (await Keys.DeleteAsync(Id, null, Entry("key.delete"), default)).ShouldBeFalse();

        (await Keys.FindByHashAsync(First, default)).ShouldBeNull();
        (await Keys.RotateAsync(Id, Second, null, Entry("key.rotate"), default)).ShouldBeFalse();
        (await Keys.ListAuditAsync(null, 10, default)).Select(entry => entry.Action).ShouldBe(["key.delete", "key.create"]);
    }

    [SuiteFact]
    public async Task A_use_is_recorded_at_most_once_in_its_interval()
    {
        await CreateAsync();
        var unused = (await Keys.FindAsync(Id, default))!;
        await Keys.TouchAsync(unused, TimeSpan.FromMinutes(1), default);
        var used = (await Keys.FindAsync(Id, default))!;
        var first = used.LastUsed.ShouldNotBeNull();
        Time.Now += TimeSpan.FromSeconds(30);
        await Keys.TouchAsync(unused, TimeSpan.FromMinutes(1), default);
        (await Keys.FindAsync(Id, default))!.LastUsed.ShouldBe(first);
        Time.Now += TimeSpan.FromSeconds(30);

        await Keys.TouchAsync(used, TimeSpan.FromMinutes(1), default);

        (await Keys.FindAsync(Id, default))!.LastUsed.ShouldNotBe(first);
    }

    [SuiteFact]
    public async Task Keys_are_listed_by_id()
    {
        foreach (var id in (string[])["bbbbbbbbbbbb", "aaaaaaaaaaaa", "cccccccccccc"]) await CreateAsync(key => key with { Id = id }, hash: id);

        (await Keys.ListAsync(null, 2, default)).Select(key => key.Id).ShouldBe(["aaaaaaaaaaaa", "bbbbbbbbbbbb"]);
        (await Keys.ListAsync("bbbbbbbbbbbb", 2, default)).Select(key => key.Id).ShouldBe(["cccccccccccc"]);
    }

    [SuiteFact]
    public async Task Entries_of_the_audit_are_listed_newest_first_and_swept_when_they_are_old()
    {
        await Keys.RecordAsync(
            [Entry("table.create") with { Date = "2026-01-01 00:00:00.000" }, Entry("table.drop") with { Detail = "原因", Address = null }], default);

        var all = await Keys.ListAuditAsync(null, 10, default);
        all.Select(entry => entry with { Number = 0 }).ShouldBe(
            [Entry("table.drop") with { Detail = "原因", Address = null }, Entry("table.create") with { Date = "2026-01-01 00:00:00.000" }]);
        (await Keys.ListAuditAsync(all[0].Number, 10, default)).Single().Action.ShouldBe("table.create");

        await Keys.SweepAuditAsync(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), default);
        (await Keys.ListAuditAsync(null, 10, default)).Single().Action.ShouldBe("table.drop");
    }

    private async Task<ApiKey> CreateAsync(Func<ApiKey, ApiKey>? change = null, string? hash = null)
    {
        var key = new ApiKey(Id, "一店", [KeyScope.Read, KeyScope.Admin], ["a", "shop1_*"])
        {
            CallsPerSecond = 2.5,
            Burst = 10,
            MaxRows = 1_000_000_000_000,
            MaxTables = 3,
            Expires = "2027-01-01 00:00:00.000",
        };
        key = change?.Invoke(key) ?? key;
        await Keys.CreateAsync(key, hash ?? First, Entry("key.create"), default);
        return key;
    }

    private static AuditEntry Entry(string action) => new("2026-03-04 05:06:07.089", "token", action, Id, "127.0.0.1", "ok", null);
}
