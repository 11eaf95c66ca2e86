using System.Net;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>Metrics and traces go to the configured collector and nowhere else.</summary>
public sealed class TelemetryTests
{
    private const string Metrics = "/v1/metrics";
    private const string Traces = "/v1/traces";
    private const string TableCalls = "imagesearch.table.call.duration";

    [Fact]
    public async Task An_add_is_in_the_collector_s_metrics_without_its_table()
    {
        await using var collector = new Collector();
        await using var service = await StartAsync(collector, ("OTEL_METRIC_EXPORT_INTERVAL", "500"));

        var table = await AddAsync(service);

        var body = await collector.ReceivesAsync(
            Metrics, TableCalls, "add", "imagesearch.embedding.duration", "imagesearch.catalog.commit.duration",
            "http.server.request.duration", "dotnet.gc.collections");
        Collector.Has(body, table).ShouldBeFalse();
    }

    [Fact]
    public async Task A_call_is_in_the_collector_s_traces_with_its_route_and_status()
    {
        await using var collector = new Collector();
        await using var service = await StartAsync(collector, ("OTEL_BSP_SCHEDULE_DELAY", "100"));

        await AddAsync(service);

        await collector.ReceivesAsync(Traces, "POST /milvus/img/add", "http.response.status_code", "service.name", "imagesearch");
    }

    [Fact]
    public async Task The_stages_of_searches_and_writes_of_items_are_measured_and_traced_without_their_texts()
    {
        await using var collector = new Collector();
        await using var service = await StartAsync(collector, ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"));
        var calls = new NativeClient(service.Client);
        var table = await calls.NewTableAsync();
        await calls.PutItemAsync(table, "lamp-17", GoldenPicture.Arrow, tags: "secret-tag");

        await calls.FoundAsync(table, new { image = GoldenPicture.Arrow.Base64(), filter = "tags HAS \"secret-tag\"" });

        foreach (var stage in (string[])["fetch", "embed", "filter", "vectors", "catalog"]) await collector.ReceivesAsync(Traces, "ImageSearch.Stages", stage);
        await collector.ReceivesAsync(Metrics, "imagesearch.stage.duration", "put", "search", "fetch", "embed", "vectors", "catalog");
        foreach (var text in (string[])[table, "lamp-17", "secret-tag"])
        {
            collector.Received(Traces).ShouldNotContain(body => Collector.Has(body, text), text);
            collector.Received(Metrics).ShouldNotContain(body => Collector.Has(body, text), text);
        }
    }

    [Fact]
    public async Task Health_probes_are_not_traced()
    {
        await using var collector = new Collector();
        await using var service = await StartAsync(collector);
        await service.Client.GetAsync(new Uri("/health/ready", UriKind.Relative)).ReadOkAsync();
        await AddAsync(service);

        (await service.StopAsync()).ShouldBe(0);

        collector.Received(Traces).ShouldContain(body => Collector.Has(body, "/milvus/img/add"));
        collector.Received(Traces).ShouldNotContain(body => Collector.Has(body, "/health"));
    }

    [Fact]
    public async Task OTEL_SERVICE_NAME_names_the_service()
    {
        await using var collector = new Collector();
        await using var service = await StartAsync(collector, ("OTEL_SERVICE_NAME", "shop-search"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"));

        await collector.ReceivesAsync(Metrics, "service.name", "shop-search");
    }

    [Fact]
    public async Task The_last_measurements_are_sent_before_the_service_ends()
    {
        await using var collector = new Collector();
        await using var service = await StartAsync(
            collector, ("OTEL_METRIC_EXPORT_INTERVAL", "3600000"), ("OTEL_BSP_SCHEDULE_DELAY", "3600000"));
        await AddAsync(service);

        (await service.StopAsync()).ShouldBe(0);

        collector.Received(Metrics).ShouldContain(body => Collector.Has(body, TableCalls));
        collector.Received(Traces).ShouldContain(body => Collector.Has(body, "/milvus/img/add"));
    }

    [Fact]
    public async Task Prometheus_gets_metrics_at_its_own_path_and_no_traces()
    {
        await using var collector = new Collector();
        await using var service = await StartAsync(
            collector, ("OTEL_EXPORTER_OTLP_ENDPOINT", $"{collector.Address}api/v1/otlp"), ("OTEL_TRACES_EXPORTER", "none"));
        await AddAsync(service);

        (await service.StopAsync()).ShouldBe(0);

        collector.Received("/api/v1/otlp/v1/metrics").ShouldContain(body => Collector.Has(body, TableCalls));
        collector.Received("/api/v1/otlp/v1/traces").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_collector_does_not_stop_the_service_from_answering_or_ending()
    {
        await using var service = await ServiceProcess.StartAsync(
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{ServiceProcess.FreePort()}",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            });
        var pictures = new MilvusImgClient(service.Client);

        var table = await AddAsync(service);

        (await pictures.FoundAsync(table, GoldenPicture.Arrow)).Count.ShouldBe(1);
        await service.PrintsAsync("Metrics or traces could not be sent to http://127.0.0.1:");
        (await service.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_collector_no_OpenTelemetry_assembly_is_loaded()
    {
        await using var collector = new Collector();
        await using (var with = await StartAsync(collector)) with.MappedFiles.ShouldContain(file => file.Contains("OpenTelemetry"));

        await using var without = await ServiceProcess.StartAsync();

        await AddAsync(without);
        without.MappedFiles.ShouldNotContain(file => file.Contains("OpenTelemetry"));
    }

    [Fact]
    public async Task Metrics_are_exposed_to_Prometheus_with_the_setting_and_only_with_the_token()
    {
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["PROMETHEUS"] = "true", ["TOKEN"] = "secret" });

        foreach (var path in (string[])["/metrics", "/metrics/", "/metrics/x", "/METRICS", "/metrics?a=b"])
        {
            (await ScrapeAsync(service, null, path)).Status.ShouldBe(HttpStatusCode.Unauthorized, path);
            (await ScrapeAsync(service, "Bearer wrong", path)).Status.ShouldBe(HttpStatusCode.Unauthorized, path);
        }

        var (status, text) = await ScrapeAsync(service, "Bearer secret");

        status.ShouldBe(HttpStatusCode.OK);
        text.ShouldContain("imagesearch_embedding_waiting");
        text.ShouldContain("dotnet_gc_collections_total");
        text.ShouldContain("kestrel_active_connections");
    }

    [Fact]
    public async Task Metrics_are_not_exposed_without_the_setting()
    {
        await using var service = await ServiceProcess.StartAsync();

        (await ScrapeAsync(service, null)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<(HttpStatusCode Status, string Text)> ScrapeAsync(
        ServiceProcess service, string? authorization, string path = "/metrics")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (authorization is not null) request.Headers.Add("Authorization", authorization);
        using var answer = await service.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<ServiceProcess> StartAsync(Collector collector, params (string Name, string Value)[] settings) =>
        ServiceProcess.StartAsync(
            settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))
                .UnionBy(collector.Settings, setting => setting.Key).ToDictionary());

    private static async Task<string> AddAsync(ServiceProcess service)
    {
        var pictures = new MilvusImgClient(service.Client);
        var table = await pictures.NewTableAsync();
        await pictures.AddedAsync(table, GoldenPicture.Arrow);
        return table;
    }
}
