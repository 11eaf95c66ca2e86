using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>Two services on one database, each of which changes the settings of a table that the other has open.</summary>
public sealed class SharedSettingsTests
{
    [MySqlFact]
    public async Task Settings_that_one_service_changed_hold_at_once_in_the_other()
    {
        await using var server = await PrivateServer.StartAsync();
        var settings = server.Settings.Append(new("EMBEDDING_LANES", "1")).ToDictionary();
        await using var first = await ServiceProcess.StartAsync(settings);
        await using var second = await ServiceProcess.StartAsync(settings);
        var (here, there) = (new NativeClient(first.Client), new NativeClient(second.Client));
        var table = await here.NewTableAsync();
        (await there.GetAsync($"/v1/tables/{table}/items")).Status.ShouldBe(200);

        for (var i = 1; i <= 5; i++)
        {
            var attributes = Enumerable.Range(1, i).Select(number => new { name = $"a{number}", type = "number" });
            var changed = await here.PatchAsync($"/v1/tables/{table}", new { attributes, on_existing_key = "fail", metric = "ip" });

            var put = await there.PutItemAsync(table, $"k{i}", GoldenPicture.Arrow, new Dictionary<string, int> { [$"a{i}"] = i });
            put.Status.ShouldBe(201);
            (await there.PutAsync($"/v1/tables/{table}/items/k{i}", new { image = GoldenPicture.Arrow.Base64() })).Text("code").ShouldBe("item_exists");
            (await there.FoundAsync(table, new { key = "k1", filter = $"a{i} = {i}" })).ShouldBe(i == 1 ? [] : [$"k{i}"]);
            (await there.GetAsync($"/v1/tables/{table}/items?filter=a{i}%20%3D%20{i}&order_by=a{i}")).Status.ShouldBe(200);
            (await there.PatchAsync($"/v1/tables/{table}", new { metric = "l2" }, ("If-Match", changed.ETag!))).Status.ShouldBe(200);
            (here, there) = (there, here);
        }
    }
}
