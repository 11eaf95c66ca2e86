using System.Globalization;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Milvus.Collections;

/// <summary>The parameters of indexes and searches, by Milvus' names.</summary>
internal static class IndexParameters
{
    private const string KindKey = "index_type";
    private const string MetricKey = "metric_type";
    private const string ListsKey = "nlist";

    /// <summary>The parameters of a new collection's index.</summary>
    public static Dictionary<string, string> ForNew(MilvusOptions options, Metric metric)
    {
        var parameters = new Dictionary<string, string>
        {
            [KindKey] = Name(options.Index),
            [MetricKey] = Name(metric),
        };
        switch (options.Index)
        {
            case MilvusIndexKind.Hnsw:
                parameters["M"] = Text(options.M);
                parameters["efConstruction"] = Text(options.EfConstruction);
                break;
            case MilvusIndexKind.IvfFlat or MilvusIndexKind.IvfSq8:
                parameters[ListsKey] = Text(options.Lists);
                break;
        }

        return parameters;
    }

    /// <summary>
    /// The parameters of a search. They follow the index's own parameters, which can differ from the current settings. The search widths
    /// grow with the number of hits and give a recall of about 0.99 on pictures.
    /// </summary>
    public static MilvusSearch ForSearch(IReadOnlyDictionary<string, string> index, int topK, ulong guarantee, bool strong)
    {
        var parameters = new Dictionary<string, int>();
        switch (index.GetValueOrDefault(KindKey))
        {
            case "HNSW":
                parameters["ef"] = Math.Clamp(2 * topK, 128, 32_768);
                break;
            case "IVF_FLAT" or "IVF_SQ8":
                var lists = int.TryParse(index.GetValueOrDefault(ListsKey), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 128;
                parameters["nprobe"] = Math.Clamp(lists / 16, Math.Min(16, lists), lists);
                break;
            case "DISKANN":
                parameters["search_list"] = Math.Clamp(2 * topK, 100, 65_535);
                break;
        }

        return new MilvusSearch(index.GetValueOrDefault(MetricKey, "L2"), parameters)
        {
            Guarantee = guarantee == 0 ? null : guarantee,
            Strong = strong,
        };
    }

    /// <summary>Converts a score of the metric to the squared Euclidean distance of unit vectors.</summary>
    public static float SquaredDistance(string metric, float score) => Math.Max(metric == "L2" ? score : 2f - (2f * score), 0f);

    private static string Name(MilvusIndexKind kind) => kind switch
    {
        MilvusIndexKind.Hnsw => "HNSW",
        MilvusIndexKind.IvfFlat => "IVF_FLAT",
        MilvusIndexKind.IvfSq8 => "IVF_SQ8",
        MilvusIndexKind.DiskAnn => "DISKANN",
        MilvusIndexKind.Flat => "FLAT",
        MilvusIndexKind.AutoIndex => "AUTOINDEX",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown index"),
    };

    private static string Name(Metric metric) => metric switch
    {
        Metric.L2 => "L2",
        Metric.IP => "IP",
        Metric.Cosine => "COSINE",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "unknown metric"),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
