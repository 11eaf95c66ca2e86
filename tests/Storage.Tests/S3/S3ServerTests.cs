using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Originals;
using ImageSearch.Storage.S3;
using ImageSearch.Storage.Tests.Catalog;
using ImageSearch.Storage.Tests.Sqlite;
using ImageSearch.Storage.Tests.Sqlite.ChildProcess;
using Microsoft.Extensions.Logging.Abstractions;
using static ImageSearch.Storage.Tests.S3.ObjectRows;

namespace ImageSearch.Storage.Tests.S3;

/// <summary>A server that stops, refuses, or has objects that no row refers to.</summary>
public sealed class S3ServerTests : IDisposable
{
    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [S3Fact]
    public async Task While_the_server_is_down_calls_fail_clearly_and_work_again_when_it_returns()
    {
        await using var server = await PrivateS3.StartAsync();
        await using var objects = await OpenAsync(server.Bucket.Options with { CallTimeout = TimeSpan.FromSeconds(20) });
        await using var catalog = await DataFolder.OpenAsync(_folder.Options with { Objects = objects });
        var table = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        var id = await AddAsync(catalog, table, "file");
        await server.KillAsync();

        var write = await Should.ThrowAsync<CatalogException>(AddAsync(catalog, table, "other"));
        var read = await Should.ThrowAsync<CatalogException>(ReadAsync(catalog, table, id));

        (write.Code, read.Code).ShouldBe((FailureCode.CatalogUnavailable, FailureCode.CatalogUnavailable));
        write.Message.ShouldBe("the object store of kept pictures can't be used at the moment; try again later");
        write.Failure.RetryAfterSeconds.ShouldBeGreaterThan(0);
        objects.Fault.ShouldBe("the server can't be reached");
        (await FindAsync(catalog, table, id, PictureKind.Thumbnail)).ShouldNotBeNull();
        (await catalog.CountRowsAsync(table, default)).Value.ShouldBe(1);

        await server.StartAgainAsync();
        (await ReadAsync(catalog, table, id)).ShouldBe("file");
        (await ReadAsync(catalog, table, await AddAsync(catalog, table, "other"))).ShouldBe("other");
        objects.Fault.ShouldBeNull();
    }

    [S3Fact]
    public async Task A_service_starts_while_the_server_is_down()
    {
        await using var bucket = await S3Bucket.CreateAsync();

        await using var objects = await OpenAsync(bucket.Options with { Endpoint = new Uri("http://127.0.0.1:1"), MaxRetries = 0 });

        objects.Fault.ShouldBe("the server can't be reached");
    }

    [S3Fact]
    public async Task Settings_that_can_not_be_right_fail_the_start_and_say_what_to_set()
    {
        await using var bucket = await S3Bucket.CreateAsync();

        var noBucket = await Should.ThrowAsync<CatalogException>(OpenAsync(bucket.Options with { Bucket = bucket.Options.Bucket + "x" }));
        var noAccess = await Should.ThrowAsync<CatalogException>(OpenAsync(bucket.Options with { SecretKey = "wrong" }));

        noBucket.Message.ShouldContain("create it, or set S3_BUCKET");
        noAccess.Message.ShouldContain("access was denied (SignatureDoesNotMatch); check S3_ACCESS_KEY and S3_SECRET_KEY");
        noAccess.ToString().ShouldNotContain("wrong");
    }

    [S3Fact]
    public async Task An_object_of_another_length_or_name_is_none_and_files_of_others_are_not_listed()
    {
        await using var bucket = await S3Bucket.CreateAsync();
        await using var objects = await OpenAsync(bucket.Options);
        var name = ObjectName.New(1, 2);
        (await objects.PutAsync(name, "image/png", "file"u8.ToArray(), default)).ShouldBeTrue();
        await bucket.PutAsync($"{bucket.Options.Prefix}{ObjectName.PrefixOf(1)}notes.txt", "a shop's own");

        (await objects.GetAsync(name, 4, default)).ShouldBe("file"u8.ToArray());
        (await objects.GetAsync(name, 5, default)).ShouldBeNull();
        (await objects.GetAsync(ObjectName.New(1, 2), 4, default)).ShouldBeNull();
        (await ListAsync(objects, 1)).ShouldBe([name]);
        (await ListAsync(objects, 3)).ShouldBeEmpty();
        objects.Fault.ShouldBeNull();

        await objects.DeleteAsync(name, default);
        await objects.DeleteAsync(name, default);
        (await ListAsync(objects, 1)).ShouldBeEmpty();
    }

    [S3Fact]
    public async Task More_objects_than_a_page_are_all_listed()
    {
        await using var bucket = await S3Bucket.CreateAsync();
        await using var objects = await OpenAsync(bucket.Options);
        var names = Enumerable.Range(0, 1005).Select(_ => ObjectName.New(1, 2)).ToList();
        await Task.WhenAll(names.Select(name => objects.PutAsync(name, "image/png", "f"u8.ToArray(), default)));

        (await ListAsync(objects, 1)).Order(Comparer<ObjectName>.Create((a, b) => string.CompareOrdinal(a.Token, b.Token)))
            .ShouldBe(names.OrderBy(name => name.Token, StringComparer.Ordinal));
    }

    [S3Fact]
    public async Task Kill_9_leaves_no_row_without_its_object_and_the_sweep_deletes_only_objects_without_a_row()
    {
        await using var bucket = await S3Bucket.CreateAsync();
        using (var child = Child.Start("originals", _folder.Path, bucket.Options.Bucket))
        {
            (await child.Output.ReadLineAsync()).ShouldBe(Program.OpenLine);
            for (var i = 0; i < 100; i++) (await child.Output.ReadLineAsync()).ShouldNotBeNull();
            await child.KillAsync();
        }

        await using var objects = await OpenAsync(bucket.Options);
        await using var catalog = await DataFolder.OpenAsync(_folder.Options with { Objects = objects });
        var table = (await catalog.FindTableAsync(Shop, default))!.Generation;
        var rows = (await catalog.CountRowsAsync(table, default)).Value;
        rows.ShouldBeGreaterThanOrEqualTo(100);
        (await bucket.KeysAsync()).Count.ShouldBeGreaterThanOrEqualTo((int)rows);

        var time = new SettableTime { Now = TimeProvider.System.GetUtcNow() + OriginalSweep.Grace + TimeSpan.FromHours(1) };
        await objects.PutAsync(ObjectName.New(catalog.Identity, table.Number), "image/png", "left by the kill"u8.ToArray(), default);
        (await new OriginalSweep(objects, catalog, TimeProvider.System, NullLogger<OriginalSweep>.Instance).RunAsync(default)).ShouldBe(0);
        (await new OriginalSweep(objects, catalog, time, NullLogger<OriginalSweep>.Instance).RunAsync(default)).ShouldBeGreaterThan(0);

        (await bucket.KeysAsync()).Count.ShouldBe((int)rows);
        for (var id = 1; id <= rows; id++) (await ReadAsync(catalog, table, id)).ShouldStartWith("original ");
    }

    private static async Task<List<ObjectName>> ListAsync(S3ObjectStore objects, long catalog)
    {
        var names = new List<ObjectName>();
        await foreach (var page in objects.ListAsync(catalog, default)) names.AddRange(page.Select(entry => entry.Name));
        return names;
    }

    private static Task<S3ObjectStore> OpenAsync(S3Options options) =>
        S3ObjectStore.OpenAsync(options, TimeProvider.System, NullLogger<S3ObjectStore>.Instance, default);
}
