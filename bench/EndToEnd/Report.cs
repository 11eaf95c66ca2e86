using System.Text.Json.Nodes;

namespace ImageSearch.EndToEnd;

/// <summary>The printed line. Names with "_1" are measured with one client or thread; times are in milliseconds.</summary>
internal static class Report
{
    public static JsonObject Of(BenchOptions options, Measurement measured) => new()
    {
        ["model"] = options.Model,
        ["precision"] = options.Precision.ToString(),
        ["n"] = options.Count,
        ["concurrency"] = options.Concurrency,
        ["lanes"] = MachineLimit.Threads,
        ["rows"] = measured.Rows,
        ["adds_per_s"] = Math.Round(measured.Adds.PerSecond, 1),
        ["adds_per_s_1"] = Math.Round(measured.AddsByOne.PerSecond, 1),
        ["add_p50_ms"] = measured.Adds.P50,
        ["add_p99_ms"] = measured.Adds.P99,
        ["add_p50_ms_1"] = measured.AddsByOne.P50,
        ["add_p99_ms_1"] = measured.AddsByOne.P99,
        ["searches_per_s"] = Math.Round(measured.Searches.PerSecond, 1),
        ["searches_per_s_1"] = Math.Round(measured.SearchesByOne.PerSecond, 1),
        ["search_p50_ms"] = measured.Searches.P50,
        ["search_p99_ms"] = measured.Searches.P99,
        ["search_p50_ms_1"] = measured.SearchesByOne.P50,
        ["search_p99_ms_1"] = measured.SearchesByOne.P99,
        ["start_ms"] = measured.StartMilliseconds,
        ["first_add_ms"] = measured.FirstAdd.P50,
        ["rss_start_mb"] = measured.MegabytesAtStart,
        ["rss_idle_mb"] = measured.MegabytesIdle,
        ["rss_loaded_mb"] = measured.MegabytesLoaded,
        ["onnx_images_per_s"] = Math.Round(measured.Inference.PerSecond, 1),
        ["decode_images_per_s"] = Math.Round(measured.Decoding.PerSecond, 1),
        ["embed_images_per_s"] = Math.Round(measured.Embedding.PerSecond, 1),
        ["embed_images_per_s_1"] = Math.Round(measured.EmbeddingByOne.PerSecond, 1),
        ["embed_p50_ms_1"] = measured.EmbeddingByOne.P50,
        ["embed_query_p50_ms_1"] = measured.QueryEmbeddingByOne.P50,
        ["embed_query_p99_ms_1"] = measured.QueryEmbeddingByOne.P99,
        ["add_cpu_ms"] = measured.Adds.ProcessorMilliseconds,
        ["embed_cpu_ms"] = measured.Embedding.ProcessorMilliseconds,
        ["search_cpu_ms"] = measured.Searches.ProcessorMilliseconds,
        ["embed_query_cpu_ms"] = measured.QueryEmbeddingByOne.ProcessorMilliseconds,
        ["adds_to_embed"] = Math.Round(measured.Adds.PerSecond / measured.Embedding.PerSecond, 3),
        ["adds_to_embed_1"] = Math.Round(measured.AddsByOne.PerSecond / measured.EmbeddingByOne.PerSecond, 3),
        ["imports_per_s"] = Math.Round(measured.ImportsPerSecond, 1),
        ["imports_to_adds"] = options.Imports == 0 ? null : Math.Round(measured.ImportsPerSecond / measured.AddsByImports.PerSecond, 3),
        ["rss_imported_mb"] = measured.MegabytesImported,
        ["search_over_embed_p50_ms"] = Math.Round(measured.SearchesByOne.P50 - measured.QueryEmbeddingByOne.P50, 2),
        ["search_over_embed_paired_ms"] = measured.SearchesByOne.MedianOver(measured.QueryEmbeddingByOne),
    };
}
