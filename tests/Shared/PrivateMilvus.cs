using System.Globalization;
using ImageSearch.Storage.Milvus.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Testing;

/// <summary>A Milvus server for one test that kills it, started by the program of MILVUS_TEST_TOOL.</summary>
public sealed class PrivateMilvus : IAsyncDisposable
{
    public const string Variable = "MILVUS_TEST_TOOL";

    private readonly ServerScript _script = new("milvus");

    /// <summary>Why tests that start a server are skipped; null if they run.</summary>
    public static string? SkipReason =>
        Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } && Environment.GetEnvironmentVariable("SERVICES_REQUIRED") is not { Length: > 0 }
            ? $"the environment variable {Variable} is not set"
            : null;

    public MilvusOptions Options { get; private set; } = new() { Host = "127.0.0.1" };

    /// <summary>The settings of a service that uses this server.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["MILVUS_HOST"] = Options.Host,
        ["MILVUS_PORT"] = Options.Port.ToString(CultureInfo.InvariantCulture),
    };

    public static async Task<PrivateMilvus> StartAsync()
    {
        var server = new PrivateMilvus();
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync() => Options = MilvusServer.OptionsOf(await _script.StartAsync());

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _script.KillAsync();

    /// <summary>The collections of all generations of a table.</summary>
    public async Task<IReadOnlyList<string>> CollectionsOfAsync(string table)
    {
        await using var client = Connect();
        return [.. (await client.ListCollectionsAsync(default)).Where(name => name.StartsWith(table + "__g", StringComparison.Ordinal))];
    }

    /// <summary>The number of rows of a collection.</summary>
    public async Task<long> CountAsync(string collection)
    {
        await using var client = Connect();
        return await client.CountAsync(collection, strong: true, default);
    }

    /// <summary>Drops a collection, as with another tool.</summary>
    public async Task DropAsync(string collection)
    {
        await using var client = Connect();
        await client.DropCollectionAsync(collection, default);
    }

    public ValueTask DisposeAsync() => _script.DisposeAsync();

    private MilvusClient Connect() => new(Options, TimeProvider.System, NullLogger.Instance);
}

/// <summary>A test that starts and kills its own Milvus server.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrivateMilvusFactAttribute : FactAttribute
{
    public PrivateMilvusFactAttribute() => Skip = PrivateMilvus.SkipReason;
}
