using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

/// <summary>A server that crashes or rejects writes for a while.</summary>
public sealed class MySqlServerTests
{
    private static readonly TableName Shop = TableName.Parse("shop").Value;

    [MySqlFact]
    public async Task Killing_the_server_under_load_loses_nothing_and_stores_nothing_twice()
    {
        await using var server = await PrivateServer.StartAsync();
        await using var catalog = await OpenAsync(server.Options with { RetryDeadline = TimeSpan.FromSeconds(60) });
        var table = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        using var enough = new CancellationTokenSource();
        var acknowledged = 0;
        var writing = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                (await catalog.AddAsync(table, Rows.Row(tags: $"{writer}/{i}"), default)).Failure.ShouldBeNull();
                Interlocked.Increment(ref acknowledged);
            }
        })).ToList();
        for (var crash = 1; crash <= 2; crash++)
        {
            var before = Volatile.Read(ref acknowledged);
            while (Volatile.Read(ref acknowledged) < before + 50) await Task.Yield();
            await server.KillAsync();
            await server.StartAgainAsync();
        }

        await enough.CancelAsync();
        await Task.WhenAll(writing);

        (await server.NumberAsync("SELECT COUNT(*) FROM shop.shop")).ShouldBe(acknowledged);
        (await server.NumberAsync("SELECT COUNT(DISTINCT tags) FROM shop.shop")).ShouldBe(acknowledged);
    }

    [MySqlFact]
    public async Task A_server_that_is_read_only_is_waited_for_and_then_said_clearly()
    {
        await using var server = await PrivateServer.StartAsync();
        await using var patient = await OpenAsync(server.Options);
        await using var impatient = await OpenAsync(server.Options with { RetryDeadline = TimeSpan.Zero });
        var table = (await patient.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        await server.ExecuteAsync("SET GLOBAL read_only = 1");

        var refused = await Should.ThrowAsync<CatalogException>(impatient.AddAsync(table, Rows.Row(), default));
        var waiting = patient.AddAsync(table, Rows.Row(tags: "waits"), default);
        (await patient.CountSearchableAsync(table, default)).Value.ShouldBe(0);
        await server.ExecuteAsync("SET GLOBAL read_only = 0");

        refused.Code.ShouldBe(FailureCode.CatalogUnavailable);
        refused.Message.ShouldContain("read-only");
        (await waiting).Value.Id.ShouldBe(1);
        (await server.NumberAsync("SELECT COUNT(*) FROM shop.shop")).ShouldBe(1);
    }

    private static Task<MySqlCatalog> OpenAsync(MySqlOptions options) =>
        MySqlCatalog.OpenAsync(options, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);
}
