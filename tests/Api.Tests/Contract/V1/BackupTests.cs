using System.Text.Json;
using ImageSearch.Api.Tests.Running;
using ImageSearch.Storage.Backups;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Backups of a service on SQLite, through its API.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-backups-");

    private string Backups => Path.Combine(_folder.FullName, "backups");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_restored_backup_gives_the_same_answers()
    {
        await using var service = await StartAsync();
        var calls = new BackupClient(service.Client);
        var table = await calls.Native.NewTableAsync(new { attributes = new object[] { new { name = "price", type = "number" } } });
        foreach (var (picture, i) in GoldenPicture.Different.Select((picture, i) => (picture, i)))
            await calls.Native.PutItemAsync(table, $"k{i}", picture, new { price = i }, "p", "标签");

        var begun = await calls.Native.PostAsync("/v1/backups", new { name = "before-update" });
        begun.Status.ShouldBe(202, begun.Body.ToString());
        begun.Location.ShouldBe("/v1/backups/before-update");
        var ended = await calls.UntilEndedAsync("before-update");
        ended.Text("state").ShouldBe("finished", ended.Body.ToString());
        (ended.Text("tables"), ended.Text("rows")).ShouldBe(("1", $"{GoldenPicture.Different.Count}"));

        var data = Path.Combine(_folder.FullName, "restored");
        await new BackupRestore(Path.Combine(Backups, "before-update"), data, TimeProvider.System).RunAsync(replace: false, _ => { }, default);
        await using var restored = await ServiceProcess.StartAsync(dataPath: data);
        object[] searches =
        [
            new { image = GoldenPicture.Arrow.Base64(), limit = 100, fields = new[] { "key", "attributes", "tags" } },
            new { image = GoldenPicture.Wine.Base64(), filter = "price < 3" },
        ];
        foreach (var search in searches)
        {
            var answer = await new NativeClient(restored.Client).PostAsync($"/v1/tables/{table}/search", search);
            answer.Body.GetProperty("hits").GetArrayLength().ShouldBeGreaterThan(0);
            answer.Body.GetProperty("hits").GetRawText().ShouldBe((await calls.Native.PostAsync($"/v1/tables/{table}/search", search)).Body.GetProperty("hits").GetRawText());
        }
    }

    [Fact]
    public async Task Backups_are_listed_newest_first_by_page_and_can_be_removed()
    {
        await using var service = await StartAsync();
        var calls = new BackupClient(service.Client);
        foreach (var name in (string[])["a", "b"]) await calls.MakeAsync(name);
        var unnamed = (await calls.Native.SendAsync(HttpMethod.Post, "/v1/backups")).Text("name").ShouldNotBeNull();
        unnamed.ShouldMatch("^[0-9]{8}T[0-9]{6}Z$");
        await calls.UntilEndedAsync(unnamed);

        var first = await calls.Native.GetAsync("/v1/backups?limit=2");
        var second = await calls.Native.GetAsync($"/v1/backups?limit=2&cursor={first.Text("next_cursor")}");
        BackupClient.Names(first.Body).Concat(BackupClient.Names(second.Body)).ShouldBe([unnamed, "b", "a"]);
        second.Body.GetProperty("next_cursor").ValueKind.ShouldBe(JsonValueKind.Null);

        (await calls.Native.DeleteAsync("/v1/backups/b")).Text("state").ShouldBe("finished");
        ShouldBeProblem(await calls.Native.GetAsync("/v1/backups/b"), 404, "backup_not_found", "b");
        ShouldBeProblem(await calls.Native.DeleteAsync("/v1/backups/b"), 404, "backup_not_found", "b");
        ShouldBeProblem(await calls.Native.PostAsync("/v1/backups", new { name = "a" }), 409, "backup_exists", "a");
        Directory.Exists(Path.Combine(Backups, "b")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_backup_is_refused_while_one_runs_and_the_first_can_be_cancelled()
    {
        await using var service = await StartAsync(("BACKUP_MB_PER_SECOND", "1"));
        var calls = new BackupClient(service.Client);
        await SlowTable.AddAsync(service, megabytes: 20);
        (await calls.Native.PostAsync("/v1/backups", new { name = "slow" })).Status.ShouldBe(202);

        ShouldBeProblem(await calls.Native.PostAsync("/v1/backups", new { name = "other" }), 409, "backup_running", "slow");
        (await calls.Native.GetAsync("/v1/backups/slow")).Text("state").ShouldBe("running");
        (await calls.Native.DeleteAsync("/v1/backups/slow")).Text("state").ShouldBe("cancelled");

        Directory.EnumerateDirectories(Backups).ShouldBeEmpty();
        (await calls.Native.GetAsync("/v1/backups/slow")).Text("state").ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_name_that_could_leave_the_folder_is_refused()
    {
        await using var service = await StartAsync();
        var calls = new NativeClient(service.Client);

        foreach (var name in (string[])["../up", "/etc", "a.b", "a b"])
        {
            ShouldBeProblem(await calls.PostAsync("/v1/backups", new { name }), 400, "request_invalid", name);
            (await calls.DeleteAsync($"/v1/backups/{Uri.EscapeDataString(name)}")).Status.ShouldBe(400);
            (await calls.GetAsync($"/v1/backups/{Uri.EscapeDataString(name)}")).Status.ShouldBe(400);
        }

        Directory.EnumerateDirectories(_folder.FullName).ShouldBe([Backups]);
    }

    private Task<ServiceProcess> StartAsync(params (string Name, string Value)[] settings) =>
        ServiceProcess.StartAsync(settings.Append(("BACKUP_PATH", Backups)).ToDictionary());

    private static void ShouldBeProblem(NativeAnswer answer, int status, string code, string value)
    {
        (answer.Status, answer.Text("code")).ShouldBe((status, code), answer.Body.ToString());
        answer.Text("field").ShouldBe("name");
        answer.Text("value").ShouldBe(value);
    }
}
