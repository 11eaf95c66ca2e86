using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Changes of a table's model over <c>/v1</c>.</summary>
public sealed class ReembedTests(ReembedService service) : IClassFixture<ReembedService>
{
    private static readonly object Smaller = new { name = "lite0-ret-512-v2-160", version = "2.0.0", dimension = 512 };
    private static readonly object Older = new { name = "lite0-ret-512-sal", version = "1.0.0", dimension = 512 };

    private readonly NativeClient _calls = new(service.Client);

    [Fact]
    public async Task A_table_gets_another_model_and_its_items_are_found_by_it_and_unchanged()
    {
        var table = await NewTableAsync();
        var before = await _calls.GetAsync($"/v1/tables/{table}/items/1");

        var begun = await _calls.PostAsync($"/v1/tables/{table}/reembed", new { model = Smaller });

        begun.Status.ShouldBe(202, begun.Body.ToString());
        begun.Location.ShouldBe($"/v1/tables/{table}/reembed");
        var ended = await UntilEndedAsync(table);
        (ended.Text("state"), ended.Text("rows"), ended.Text("embedded"), ended.Text("failed")).ShouldBe(("finished", "3", "3", "0"));
        var model = (await _calls.GetAsync($"/v1/tables/{table}")).Body.GetProperty("model").GetProperty("name").GetString();
        model.ShouldBe("lite0-ret-512-v2-160");
        (await _calls.GetAsync($"/v1/tables/{table}/items/1")).ETag.ShouldBe(before.ETag);
        var search = await _calls.PostAsync($"/v1/tables/{table}/search", new { image = GoldenPicture.Different[1].Base64(), limit = 1 });
        search.Body.GetProperty("hits")[0].GetProperty("key").GetString().ShouldBe("1");
        search.Body.GetProperty("hits")[0].GetProperty("score").GetDouble().ShouldBeGreaterThan(0.999);
    }

    [Fact]
    public async Task A_cursor_of_the_old_vectors_is_none_of_the_new_ones()
    {
        var table = await NewTableAsync();
        var search = new { image = GoldenPicture.Different[1].Base64(), limit = 1 };
        var cursor = (await _calls.PostAsync($"/v1/tables/{table}/search", search)).Text("next_cursor");
        await _calls.PostAsync($"/v1/tables/{table}/reembed", new { model = Smaller });
        await UntilEndedAsync(table);

        var next = await _calls.PostAsync($"/v1/tables/{table}/search", new { search.image, search.limit, cursor });

        (next.Status, next.Text("code")).ShouldBe((400, "cursor_invalid"));
    }

    [Fact]
    public async Task Pictures_that_are_gone_are_reported_and_the_loss_must_be_accepted()
    {
        var table = await NewTableAsync();
        await _calls.PutItemAsync(table, "uploaded", GoldenPicture.Flag);

        await _calls.PostAsync($"/v1/tables/{table}/reembed", new { model = Smaller });
        (await UntilEndedAsync(table)).Text("state").ShouldBe("failed");

        var failures = (await _calls.GetAsync($"/v1/tables/{table}/reembed/failures")).Body.GetProperty("failures");
        failures.GetArrayLength().ShouldBe(1);
        failures[0].GetProperty("key").GetString().ShouldBe("uploaded");
        await _calls.PostAsync($"/v1/tables/{table}/reembed", new { model = Smaller, max_failures = 1 });
        (await UntilEndedAsync(table)).Text("state").ShouldBe("finished");
        (await _calls.FoundAsync(table, new { image = GoldenPicture.Flag.Base64() })).ShouldNotContain("uploaded");
        (await _calls.GetAsync($"/v1/tables/{table}/items/uploaded")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task One_runs_at_a_time_and_can_be_cancelled()
    {
        var table = await NewTableAsync();
        await _calls.PutAsync(
            $"/v1/tables/{table}/items/slow", new { image = GoldenPicture.Flag.Base64(), path = $"http://{service.SilentHost}/1.jpg" });
        await _calls.PostAsync($"/v1/tables/{table}/reembed", new { model = Smaller });

        var other = await _calls.PostAsync($"/v1/tables/{table}/reembed", new { model = Older });
        (other.Status, other.Text("code")).ShouldBe((409, "reembed_running"));
        (await _calls.DeleteAsync($"/v1/tables/{table}/reembed")).Status.ShouldBe(204);

        (await _calls.GetAsync($"/v1/tables/{table}/reembed")).Text("state").ShouldBe("cancelled");
        (await _calls.DeleteAsync($"/v1/tables/{table}/reembed")).Text("code").ShouldBe("reembed_not_found");
    }

    private async Task<string> NewTableAsync()
    {
        var table = await _calls.NewTableAsync();
        for (var i = 0; i < 3; i++)
        {
            var path = service.Pictures.Put($"{table}_{i}.png", GoldenPicture.Different[i]);
            (await _calls.PutAsync($"/v1/tables/{table}/items/{i}", new { server_path = path })).Status.ShouldBe(201);
        }

        return table;
    }

    private async Task<NativeAnswer> UntilEndedAsync(string table)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await _calls.GetAsync($"/v1/tables/{table}/reembed");
            if (answer.Text("state") != "running") return answer;
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMinutes(1), answer.Body.ToString());
            await Task.Delay(20);
        }
    }
}

/// <summary>A service with a folder whose files clients may name, and a host that accepts connections and never answers.</summary>
public sealed class ReembedService : RunningService, IDisposable
{
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);

    public ReembedService() => _silent.Start();

    public PictureFolder Pictures { get; } = new();

    public string SilentHost => $"127.0.0.1:{((IPEndPoint)_silent.LocalEndpoint).Port}";

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["FETCH_ALLOW"] = SilentHost, ["IMAGE_ROOTS"] = Pictures.Root, ["KEEP_PICTURES"] = "none" };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Pictures.Dispose();
    }

    public void Dispose() => _silent.Dispose();
}
