using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>An import resumes by itself after kill -9 of the service, and stores each picture once.</summary>
public sealed class KilledImportTests
{
    private const int Pictures = 160;
    private const int Kills = 3;

    [Fact]
    public Task An_import_survives_its_process() => ImportAndKillAsync(new Dictionary<string, string>());

    [MySqlFact]
    public async Task An_import_survives_its_process_on_MySQL()
    {
        await using var database = TestDatabase.Create();
        await ImportAndKillAsync(database.Settings);
    }

    [Fact]
    public Task An_import_of_pictures_in_the_list_survives_its_process() => ImportAndKillAsync(new Dictionary<string, string>(), Inline);

    [MySqlFact]
    public async Task An_import_of_pictures_in_the_list_survives_its_process_on_MySQL()
    {
        await using var database = TestDatabase.Create();
        await ImportAndKillAsync(database.Settings, Inline);
    }

    [Fact]
    public async Task An_import_is_released_at_shutdown_and_resumed_by_the_next_process()
    {
        using var pictures = new PictureFolder();
        var data = Directory.CreateTempSubdirectory("imagesearch-imports-");
        var settings = new Dictionary<string, string> { ["IMAGE_ROOTS"] = pictures.Root };
        try
        {
            var lines = ImportClient.Lines(pictures.Fill(300));
            string id;
            await using (var service = await ServiceProcess.StartAsync(settings, data.FullName))
            {
                await ImportClient.CreateAsync(service.Client, "shop");
                id = await new ImportClient(service.Client).BeginAsync("shop", lines);
                await service.PrintsAsync($"Import {id} into table shop started");
                (await service.StopAsync()).ShouldBe(0, service.Output);
            }

            await using var next = await ServiceProcess.StartAsync(settings, data.FullName);
            var import = await new ImportClient(next.Client).UntilEndedAsync(id);

            ImportClient.Counts(import).ShouldBe((lines.Length, lines.Length, 0));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public Task An_import_of_rows_without_keys_survives_its_process() => ImportAndKillAsync(new Dictionary<string, string>(), Rows);

    [MySqlFact]
    public async Task An_import_of_rows_without_keys_survives_its_process_on_MySQL()
    {
        await using var database = TestDatabase.Create();
        await ImportAndKillAsync(database.Settings, Rows);
    }

    // Every other row has its vector, which is stored without work on a picture.
    private static string[] Rows(IEnumerable<string> files) =>
        [.. files.Select((file, i) => i % 2 == 0
            ? ImportClient.Line(new { id = i + 1000, server_path = file })
            : ImportClient.Line(new { id = i + 1000, vector = UnitVector.Of(i, 512), created = "2001-02-03" }))];

    private static string[] Inline(IEnumerable<string> files) =>
        [.. files.Select(file => ImportClient.Line(new { key = file, image = Convert.ToBase64String(File.ReadAllBytes(file)) }))];

    private static async Task ImportAndKillAsync(IReadOnlyDictionary<string, string> catalog, Func<IEnumerable<string>, string[]>? list = null)
    {
        using var pictures = new PictureFolder();
        var data = Directory.CreateTempSubdirectory("imagesearch-imports-");
        var settings = new Dictionary<string, string>(catalog) { ["IMAGE_ROOTS"] = pictures.Root };
        try
        {
            var lines = (list ?? ImportClient.Lines)(pictures.Fill(Pictures));
            string id;
            await using (var service = await ServiceProcess.StartAsync(settings, data.FullName))
            {
                await ImportClient.CreateAsync(service.Client, "shop");
                id = await new ImportClient(service.Client).BeginAsync("shop", lines);
                await service.KillAsync();
            }

            for (var kill = 1; kill <= Kills; kill++)
            {
                await using var service = await ServiceProcess.StartAsync(settings, data.FullName);
                var minStored = Pictures * kill / (Kills + 1);
                await new ImportClient(service.Client).UntilAsync(id, import => ImportClient.Counts(import).Stored >= minStored);
                await service.KillAsync();
            }

            await using var last = await ServiceProcess.StartAsync(settings, data.FullName);
            var import = await new ImportClient(last.Client).UntilEndedAsync(id);

            ImportClient.State(import).ShouldBe("finished");
            ImportClient.Counts(import).ShouldBe((Pictures, Pictures, 0));
            (await new MilvusImgClient(last.Client).CountAsync("shop")).ShouldBe(MilvusImgClient.Data(Pictures));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
