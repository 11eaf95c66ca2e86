using System.Net;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>The service while the object store of its originals stops and starts again.</summary>
public sealed class ObjectStoreOutageTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("imagesearch-objects-");

    public void Dispose() => _data.Delete(recursive: true);

    [S3Fact]
    public async Task An_outage_refuses_adds_and_originals_clearly_and_loses_nothing()
    {
        await using var server = await PrivateS3.StartAsync();
        var settings = new Dictionary<string, string>(server.Bucket.Settings) { ["KEEP_PICTURES"] = "original" };
        await using var service = await ServiceProcess.StartAsync(settings, dataPath: _data.FullName);
        var calls = new NativeClient(service.Client);
        var (table, thumbnails) = (await calls.NewTableAsync(), await calls.NewTableAsync(new { keep_pictures = "thumbnail" }));
        await calls.PutItemAsync(table, "before", GoldenPicture.Arrow);
        (await server.Bucket.KeysAsync()).Count.ShouldBe(1);

        await server.KillAsync();

        var put = await calls.PutAsync($"/v1/tables/{table}/items/during", new { image = GoldenPicture.Bottle.Base64() });
        (put.Status, put.Text("code")).ShouldBe((503, "catalog_unavailable"));
        put.Text("detail").ShouldNotBeNull().ShouldContain("object store");
        using var original = await service.Client.GetAsync(new Uri($"/v1/tables/{table}/pictures/before", UriKind.Relative));
        original.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        original.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        MilvusImgClient.ErrorIn(await new MilvusImgClient(service.Client).AddAsync(new { table, image = GoldenPicture.Bottle.Base64() })).ShouldContain("object store");
        (await calls.GetAsync($"/v1/tables/{table}/thumbnails/before")).Status.ShouldBe(200);
        (await calls.FoundAsync(table, new { image = GoldenPicture.Arrow.Base64() })).ShouldBe(["before"]);
        await calls.PutItemAsync(thumbnails, "small", GoldenPicture.Arrow);
        (await calls.GetAsync($"/v1/tables/{table}/items/during")).Status.ShouldBe(404);
        var ready = await calls.GetAsync("/health/ready");
        (ready.Status, ready.Text("status")).ShouldBe((200, "Degraded"));

        await server.StartAgainAsync();

        await calls.PutItemAsync(table, "during", GoldenPicture.Bottle);
        (await calls.GetAsync("/health/ready")).Text("status").ShouldBe("Healthy");
        await service.KillAsync();
        await using var again = await ServiceProcess.StartAsync(settings, dataPath: _data.FullName);
        (await OriginalAsync(again, table, "before")).ShouldBe(GoldenPicture.Arrow);
        (await OriginalAsync(again, table, "during")).ShouldBe(GoldenPicture.Bottle);
    }

    [S3Fact]
    public async Task A_bucket_that_does_not_exist_ends_the_start_with_what_to_set()
    {
        await using var bucket = await S3Bucket.CreateAsync();
        var settings = new Dictionary<string, string>(bucket.Settings) { ["S3_BUCKET"] = bucket.Options.Bucket + "x" };

        var (code, output) = await ServiceProcess.RunToEndAsync(settings);

        code.ShouldNotBe(0);
        output.ShouldContain("create it, or set S3_BUCKET");
        output.ShouldNotContain(bucket.Options.SecretKey!);
    }

    private static Task<byte[]> OriginalAsync(ServiceProcess service, string table, string key) =>
        service.Client.GetByteArrayAsync(new Uri($"/v1/tables/{table}/pictures/{key}", UriKind.Relative));
}
