using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>A change of a table's model goes on after kill -9, under adds and searches, and loses no acknowledged item.</summary>
public sealed class KilledReembedTests
{
    private const int Pictures = 60;
    private static readonly object Smaller = new { name = "lite0-ret-512-v2-160", version = "2.0.0", dimension = 512 };

    [Fact]
    public Task A_change_of_model_survives_its_process() => ReembedAndKillAsync(new Dictionary<string, string>());

    [MySqlFact]
    public async Task A_change_of_model_survives_its_process_on_MySQL()
    {
        await using var database = TestDatabase.Create();
        await ReembedAndKillAsync(database.Settings);
    }

    private static async Task ReembedAndKillAsync(IReadOnlyDictionary<string, string> catalog)
    {
        using var pictures = new PictureFolder();
        var data = Directory.CreateTempSubdirectory("imagesearch-reembed-");
        var settings = new Dictionary<string, string>(catalog) { ["IMAGE_ROOTS"] = pictures.Root };
        try
        {
            var stored = new List<string>();
            await using (var service = await ServiceProcess.StartAsync(settings, data.FullName))
            {
                var calls = new NativeClient(service.Client);
                (await calls.PutAsync("/v1/tables/shop", new { })).Status.ShouldBe(201);
                foreach (var path in pictures.Fill(Pictures)) await PutAsync(calls, path, stored);
                (await calls.PostAsync("/v1/tables/shop/reembed", new { model = Smaller })).Status.ShouldBe(202);
                await service.KillAsync();
            }

            await using (var service = await ServiceProcess.StartAsync(settings, data.FullName))
            {
                var calls = new NativeClient(service.Client);
                await PutAsync(calls, pictures.Put("meanwhile.png", GoldenPicture.Different[0]), stored);
                await service.KillAsync();
            }

            await using var last = await ServiceProcess.StartAsync(settings, data.FullName);
            await CheckAsync(new NativeClient(last.Client), stored);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task CheckAsync(NativeClient calls, List<string> stored)
    {
        while ((await calls.GetAsync("/v1/tables/shop/reembed")).Text("state") == "running")
        {
            // Each picture is there more than once, so a hit of another model would be far away.
            var hit = (await calls.PostAsync("/v1/tables/shop/search", new { image = GoldenPicture.Different[1].Base64(), limit = 1 })).Body.GetProperty("hits")[0];
            hit.GetProperty("score").GetDouble().ShouldBeGreaterThan(0.999);
        }

        var reembed = await calls.GetAsync("/v1/tables/shop/reembed");
        reembed.Text("state").ShouldBe("finished", reembed.Body.ToString());
        (await calls.GetAsync("/v1/tables/shop")).Body.GetProperty("model").GetProperty("name").GetString().ShouldBe("lite0-ret-512-v2-160");
        var found = await calls.FoundAsync("shop", new { image = GoldenPicture.Different[0].Base64(), limit = 1000 });
        found.Order().ShouldBe(stored.Order());
    }

    private static async Task PutAsync(NativeClient calls, string path, List<string> stored)
    {
        var key = Path.GetFileName(path);
        (await calls.PutAsync($"/v1/tables/shop/items/{key}", new { server_path = path })).Status.ShouldBe(201);
        stored.Add(key);
    }
}
