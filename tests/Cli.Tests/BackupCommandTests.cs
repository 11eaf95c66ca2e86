namespace ImageSearch.Cli.Tests;

public sealed class BackupCommandTests : IDisposable
{
    private readonly Shop _shop = new();

    private string Backups => _shop.Path("backups");

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_data_folder_that_is_backed_up_and_restored_has_the_same_rows()
    {
        await _shop.FillAsync("data");

        var backup = await Console.RunAsync("backup", "--data", _shop.Path("data"), "--to", Backups, "--name", "one", "--json");
        var verified = await Console.RunAsync("verify", Path.Combine(Backups, "one"), "--json");
        var restored = await Console.RunAsync("restore", Path.Combine(Backups, "one"), "--data", _shop.Path("restored"));

        backup.Code.ShouldBe(0, backup.Error);
        (backup.Number("tables"), backup.Number("rows")).ShouldBe((1, 598));
        (verified.Code, verified.Number("rows")).ShouldBe((0, 598));
        restored.Code.ShouldBe(0, restored.Error);
        restored.Output.ShouldContain("share nothing");
        (await _shop.RowsAsync("restored")).Count.ShouldBe(598);
        (await _shop.RowsAsync("restored")).Select(row => (row.Id, row.Version, row.ItemKey)).ShouldBe((await _shop.RowsAsync("data")).Select(row => (row.Id, row.Version, row.ItemKey)));
    }

    [Fact]
    public async Task The_folder_of_a_service_that_runs_is_refused()
    {
        await using var running = await _shop.OpenAsync("data");

        var refused = await Console.RunAsync("backup", "--data", _shop.Path("data"), "--to", Backups);

        refused.Code.ShouldBe(1);
        refused.Error.ShouldContain("in use");
    }

    [Fact]
    public async Task A_folder_without_a_catalog_is_not_backed_up() =>
        (await Console.RunAsync("backup", "--data", _shop.Path("nothing"), "--to", Backups)).Error.ShouldContain("no catalog.db");

    [Fact]
    public async Task A_damaged_backup_is_neither_verified_nor_restored()
    {
        await _shop.FillAsync("data", rows: 3);
        await Console.RunAsync("backup", "--data", _shop.Path("data"), "--to", Backups, "--name", "one");
        var file = Path.Combine(Backups, "one", "catalog.db");
        using (var catalog = File.OpenWrite(file)) catalog.SetLength(100);

        (await Console.RunAsync("verify", Path.Combine(Backups, "one"))).Error.ShouldContain("changed or damaged");
        var restored = await Console.RunAsync("restore", Path.Combine(Backups, "one"), "--data", _shop.Path("restored"));
        restored.Code.ShouldBe(1);
        File.Exists(Path.Combine(_shop.Path("restored"), "catalog.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_with_data_is_replaced_only_by_force()
    {
        await _shop.FillAsync("data", rows: 10);
        await Console.RunAsync("backup", "--data", _shop.Path("data"), "--to", Backups, "--name", "one");
        string[] restore = ["restore", Path.Combine(Backups, "one"), "--data", _shop.Path("data")];

        (await Console.RunAsync(restore)).Error.ShouldContain("--force");
        var forced = await Console.RunAsync([.. restore, "--force"]);

        forced.Code.ShouldBe(0, forced.Error);
        forced.Output.ShouldContain("replaced-");
    }

    [Theory]
    [InlineData("either --server", "backup")]
    [InlineData("either --server", "backup", "--server", "http://127.0.0.1:1", "--data", "a", "--to", "b")]
    [InlineData("belong together", "backup", "--data", "a")]
    [InlineData("address of a service", "backup", "--server", "127.0.0.1")]
    [InlineData("1 to 64 letters", "backup", "--data", "a", "--to", "b", "--name", "../up")]
    [InlineData("--data", "restore", "a")]
    public async Task Options_that_make_no_sense_are_errors(string reason, params string[] arguments)
    {
        var ended = await Console.RunAsync(arguments);

        ended.Code.ShouldBe(1);
        (ended.Error + ended.Output).ShouldContain(reason);
    }

    [Fact]
    public async Task A_service_is_asked_and_watched_until_its_backup_ends()
    {
        await using var service = new BackupServer("secret", polls: 2);

        var ended = await Console.RunAsync("backup", "--server", service.Address, "--token", "secret", "--name", "one", "--json");

        ended.Code.ShouldBe(0, ended.Error);
        (ended.Number("tables"), ended.Number("rows")).ShouldBe((3, 50000));
        service.Calls.ShouldBe(["POST /v1/backups {\"name\":\"one\"}", "GET /v1/backups/one ", "GET /v1/backups/one "]);
    }

    [Fact]
    public async Task A_refusal_of_the_service_is_repeated()
    {
        await using var service = new BackupServer("secret", polls: 0);

        var ended = await Console.RunAsync("backup", "--server", service.Address, "--token", "wrong");

        ended.Code.ShouldBe(5);
        ended.Error.ShouldContain("send the service's token");
    }

    [Fact]
    public async Task A_service_that_does_not_run_is_an_error_that_names_the_option() =>
        (await Console.RunAsync("backup", "--server", "http://127.0.0.1:1")).Error.ShouldContain("check --server");
}
