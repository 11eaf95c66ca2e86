using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using ImageSearch.Api.Security;
using ImageSearch.Api.Security.Audit;
using ImageSearch.Api.V1.Batches;
using ImageSearch.Embedding;
using ImageSearch.Fetching;
using ImageSearch.Grains.Imports;
using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.S3;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Vectors.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>The page of metrics lists exactly the instruments of the service.</summary>
public sealed partial class MetricsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(ReadmeBlocks.Root(), "docs", "metrics.md"));

    [Fact]
    public async Task Every_instrument_is_on_the_page_with_its_kind_and_unit()
    {
        using var meters = new TestMeters();
        using var heard = new Measurements(instrument => instrument.Meter.Name.StartsWith("ImageSearch.", StringComparison.Ordinal));

        // Everything that creates instruments.
        _ = new CallMetrics(TimeProvider.System, meters);
        _ = new TableLoads(TimeProvider.System, meters);
        _ = new IndexLag(TimeProvider.System, meters);
        _ = new ImportMetrics(meters);
        _ = new BatchMetrics(meters);
        _ = new TokenTries(1, TimeProvider.System, meters, NullLogger<TokenTries>.Instance);
        using var audit = new AuditTrail(Stub.Of<IGrainFactory>((_, _) => null), new TokenCheck(null), TimeProvider.System, meters, NullLogger<AuditTrail>.Instance);
        using var fetching = new FetchMetrics();
        using var embedding = new EmbeddingMetrics();
        embedding.ShowWaiting(() => 0);
        using var cache = new SearchCacheMetrics();
        var folder = Directory.CreateTempSubdirectory("imagesearch-metrics-");
        await using (await SqliteCatalog.OpenAsync(
            new SqliteOptions { DataFolder = folder.FullName }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default))
        {
        }

        folder.Delete(recursive: true);
        await using var milvus = new MilvusClient(new MilvusOptions { Host = "127.0.0.1" }, TimeProvider.System, NullLogger.Instance);
        await using var objects = await S3ObjectStore.OpenAsync(
            new S3Options { Bucket = "none", Endpoint = new Uri("http://127.0.0.1:1"), AccessKey = "a", SecretKey = "s", MaxRetries = 0 },
            TimeProvider.System, NullLogger<S3ObjectStore>.Instance, default);
        await using var vectors = new EmbeddedVectorStore();

        var instruments = heard.Instruments
            .Select(instrument => (instrument.Name, Kind(instrument), instrument.Unit ?? "")).Distinct().ToList();
        Rows().Order().ShouldBe(instruments.Order());
        instruments.Select(instrument => instrument.Name).Order().ShouldBe(NamesInSources().Order());
    }

    [Fact]
    public void Every_setting_on_the_page_begins_as_OpenTelemetry_s_do_or_is_one_of_the_service() =>
        SettingNames().Matches(Page).Select(match => match.Value).Distinct()
            .Where(name => !name.StartsWith("OTEL_", StringComparison.Ordinal))
            .ShouldBeSubsetOf(["EMBEDDING_QUEUE", "QUEUE_SECONDS", "PICTURE_SECONDS", "INDEX_MEMORY_MB", "MILVUS_HOST", "S3_BUCKET", "HEALTH_PORT", "SEARCH_CACHE_MB", "TOKEN_TRIES"]);

    private static string Kind(Instrument instrument) => instrument.GetType().Name switch
    {
        "Histogram`1" => "histogram",
        "Counter`1" => "counter",
        "ObservableGauge`1" => "gauge",
        var other => other,
    };

    private static IEnumerable<(string Name, string Kind, string Unit)> Rows() =>
        TableRows().Matches(Page).Select(row => (row.Groups["name"].Value, row.Groups["kind"].Value, row.Groups["unit"].Value));

    // Finds an instrument that nothing above creates.
    private static IEnumerable<string> NamesInSources() =>
        Directory.EnumerateFiles(Path.Combine(ReadmeBlocks.Root(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Creations().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value);

    [GeneratedRegex(
        @"^\| `(?<name>imagesearch\.[a-z_.]+)` \| (?<kind>\w+) \| (?<unit>[^ |]*) ?\|", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex TableRows();

    [GeneratedRegex("""\.Create\w+(<\w+>)?\(\s*"(?<name>imagesearch\.[a-z_.]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Creations();

    [GeneratedRegex(@"\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b", RegexOptions.CultureInvariant)]
    private static partial Regex SettingNames();
}
