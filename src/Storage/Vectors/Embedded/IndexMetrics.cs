using System.Diagnostics.Metrics;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>Instruments of the embedded vector store.</summary>
internal sealed class IndexMetrics : IDisposable
{
    public Meter Meter { get; } = new(StorageMeter.Name);

    public IndexMetrics(ResidentTables tables, long limit)
    {
        Meter.CreateObservableGauge(
            "imagesearch.index.tables", () => tables.CountInMemory().Tables, "{table}", "Tables whose index is in memory.");
        Meter.CreateObservableGauge("imagesearch.index.rows", () => tables.CountInMemory().Rows, "{row}", "Rows of the indexes in memory.");
        Meter.CreateObservableGauge("imagesearch.index.memory", () => tables.Bytes, "By", "Memory of the indexes.");
        Meter.CreateObservableGauge("imagesearch.index.memory.limit", () => limit, "By", "What INDEX_MEMORY_MB allows for it.");
    }

    public void Dispose() => Meter.Dispose();
}
