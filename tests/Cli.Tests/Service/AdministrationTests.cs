using System.Text.Json.Nodes;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Cli.Tests.Service;

[Collection(ServiceGroup.Name)]
public sealed class AdministrationTests(RunningService service)
{
    [Fact]
    public async Task Duplicates_are_listed_in_groups()
    {
        service.Write("copies/a.png", GoldenPicture.Flag);
        service.Write("copies/b.png", GoldenPicture.Flag);
        service.Write("copies/c.png", GoldenPicture.Bottle);
        await service.RunAsync("import", Path.Combine(service.Folder, "copies"), "--table", "copies", "--create");

        var found = await service.RunAsync("duplicates", "--table", "copies", "--json");

        found.Code.ShouldBe(0, found.Error);
        found.Number("count").ShouldBe(2);
        found.Error.ShouldContain("1 groups with 2 of 3 items");
        (await service.RunAsync("duplicates", "--table", "copies")).Lines.Count.ShouldBe(3);
        (await service.RunAsync("duplicates", "--table", "copies", "--min-score", "0.5")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_table_gets_another_model_and_its_state_is_shown()
    {
        await service.FillAsync("remodelled");
        (await service.RunAsync("reembed", "--table", "remodelled", "--status")).Code.ShouldBe(6);

        var changed = await service.RunAsync("reembed", "--table", "remodelled", "--model", "lite0-ret-512-v2-160/2.0.0/512", "--json");

        changed.Code.ShouldBe(0, changed.Error);
        (changed.Number("rows"), changed.Number("embedded")).ShouldBe((3, 3));
        (await service.RunAsync("reembed", "--table", "remodelled", "--status")).Output.ShouldContain("finished, lite0-ret-512-v2-160/2.0.0, 3 of 3 rows");
        (await service.RunAsync("reembed", "--table", "remodelled", "--status", "--cancel")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_is_made_used_changed_and_deleted()
    {
        var made = await service.RunAsync("keys", "create", "Shop 1", "--scope", "read", "--scope", "admin", "--tables", "shop1_*", "--max-rows", "10", "--json");
        made.Code.ShouldBe(0, made.Error);
        var (id, secret) = (Text(made.Report, "id"), Text(made.Report, "secret"));

        var shop = await Console.RunAsync("create", "--table", "shop1_shoes", "--server", service.Address, "--token", secret);
        shop.Code.ShouldBe(0, shop.Error);
        (await Console.RunAsync("create", "--table", "other", "--server", service.Address, "--token", secret)).Code.ShouldBe(5);
        (await Console.RunAsync("keys", "self", "--server", service.Address, "--token", secret, "--json")).Number("max_rows").ShouldBe(10);

        var changed = await service.RunAsync("keys", "change", id, "--max-rows", "none", "--disabled", "true", "--json");
        changed.Report["max_rows"].ShouldBeNull();
        (await service.RunAsync("keys", "list")).Lines.ShouldContain(line => line.StartsWith($"{id}\tShop 1\tread,admin\tshop1_*\t", StringComparison.Ordinal));
        var rotated = await service.RunAsync("keys", "rotate", id);
        rotated.Output.ShouldContain($"secret isk_{id}_");
        (await service.RunAsync("keys", "list")).Output.ShouldNotContain("isk_");

        (await service.RunAsync("keys", "delete", id)).Code.ShouldBe(0);
        (await service.RunAsync("keys", "show", id)).Code.ShouldBe(6);
        (await service.RunAsync("keys", "create", "x", "--scope", "all", "--tables", "t")).Error.ShouldContain("one of read, write, admin");
        (await service.RunAsync("keys", "change", id, "--max-rows", "many")).Error.ShouldContain("--max-rows is \"many\"");
    }

    [Fact]
    public async Task The_audit_is_listed_newest_first_as_far_as_wanted()
    {
        var id = Text((await service.RunAsync("keys", "create", "Audited \u001b[2J", "--scope", "read", "--tables", "a", "--json")).Report, "id");
        await service.RunAsync("keys", "delete", id);

        var listed = await service.RunAsync("audit", "--limit", "2");

        listed.Code.ShouldBe(0, listed.Error);
        listed.Lines[0].ShouldStartWith("time\twho\taction\ttarget\t");
        listed.Lines.Skip(1).Select(line => string.Join(' ', line.Split('\t')[1..5])).ShouldBe([$"token key.delete {id} ok", $"token key.create {id} ok"]);
        listed.Output.ShouldNotContain('\u001b');
        (await service.RunAsync("audit", "--limit", "0", "--json")).Lines.Count(line => line.Contains($"\"target\":\"{id}\"", StringComparison.Ordinal)).ShouldBe(2);
        (await Console.RunAsync("audit", "--server", service.Address, "--token", "wrong")).Code.ShouldBe(5);
    }

    [Fact]
    public async Task Backups_are_listed()
    {
        (await service.RunAsync("backup", "--name", "listed")).Code.ShouldBe(0);

        (await service.RunAsync("backups")).Lines.ShouldContain(line => line.StartsWith("listed\tfinished\t20", StringComparison.Ordinal));
        (await service.RunAsync("backups", "--json")).Output.ShouldContain("\"name\":\"listed\",\"state\":\"finished\"");
    }

    [Fact]
    public async Task A_backup_of_the_service_is_verified_and_restored()
    {
        await service.FillAsync("saved");
        var backup = await service.RunAsync("backup", "--name", "of-cli", "--json");
        backup.Code.ShouldBe(0, backup.Error);
        backup.Number("rows").ShouldBeGreaterThanOrEqualTo(3);

        var folder = Path.Combine(service.Folder, "backups", "of-cli");
        (await Console.RunAsync("verify", folder)).Code.ShouldBe(0);
        (await Console.RunAsync("restore", folder, "--data", Path.Combine(service.Folder, "restored"))).Code.ShouldBe(0);
    }

    private static string Text(JsonNode report, string field) => report[field]!.GetValue<string>();
}
