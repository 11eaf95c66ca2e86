using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>A table keeps the model that it was created with when new tables get another one.</summary>
[Trait("Proves", "request")]
public sealed class TableModelTests
{
    private static readonly byte[][] Pictures = [GoldenPicture.Bottle, GoldenPicture.Scene, GoldenPicture.Wine, GoldenPicture.Router];

    [Fact]
    public async Task An_old_table_gives_the_same_answers_after_the_default_model_has_changed()
    {
        var data = Directory.CreateTempSubdirectory("imagesearch-models-");
        try
        {
            var before = await SearchAllAsync(data.FullName, new() { ["MODEL"] = "lite0-ret-512-sal" }, table: "old", isNew: true);
            (await SearchAllAsync(data.FullName, [], table: "old", isNew: false)).ShouldBe(before);

            // Shows that the model of new tables is another one.
            (await SearchAllAsync(data.FullName, [], table: "new", isNew: true)).ShouldNotBe(before);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_table_whose_model_is_gone_says_where_to_put_it_and_the_others_work()
    {
        var (data, models) = (Directory.CreateTempSubdirectory("imagesearch-"), Directory.CreateTempSubdirectory("imagesearch-models-"));
        try
        {
            var shop = CopyWithName(Path.Combine(AppContext.BaseDirectory, "models", "v2-160"), models.CreateSubdirectory("shop"), "shop-model");
            await SearchAllAsync(data.FullName, new() { ["MODEL_PATH"] = shop }, table: "shop", isNew: true);

            await using var service = await ServiceProcess.StartAsync(dataPath: data.FullName);
            var pictures = new MilvusImgClient(service.Client);
            var answer = await pictures.SearchAsync(new { table = "shop", image = GoldenPicture.Wine.Base64() });
            answer.ShouldNotContain("10000");
            answer.ShouldContain("shop-model 2.0.0 (512 values)");
            await AddAsync(pictures, "other", GoldenPicture.Wine);
        }
        finally
        {
            data.Delete(recursive: true);
            models.Delete(recursive: true);
        }
    }

    private static string CopyWithName(string model, DirectoryInfo folder, string name)
    {
        foreach (var file in Directory.EnumerateFiles(model)) File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        var manifest = Path.Combine(folder.FullName, "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"lite0-ret-512-v2-160\"", $"\"{name}\"", StringComparison.Ordinal));
        return folder.FullName;
    }

    private static async Task<string[]> SearchAllAsync(string data, Dictionary<string, string> settings, string table, bool isNew)
    {
        await using var service = await ServiceProcess.StartAsync(settings, data);
        var pictures = new MilvusImgClient(service.Client);
        if (isNew)
        {
            foreach (var picture in Pictures) await AddAsync(pictures, table, picture);
        }

        var answers = new List<string>();
        foreach (var picture in Pictures) answers.Add(await pictures.SearchAsync(new { table, image = picture.Base64() }));
        return [.. answers];
    }

    private static async Task AddAsync(MilvusImgClient pictures, string table, byte[] picture)
    {
        (await pictures.TableAsync(table)).ShouldBe(MilvusImgClient.Created);
        (await pictures.AddAsync(new { table, image = picture.Base64() })).ShouldStartWith("""{"code":10000,""");
    }
}
