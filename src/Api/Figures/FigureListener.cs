using System.Diagnostics.Metrics;

namespace ImageSearch.Api.Figures;

/// <summary>Counts what the instruments of the process (docs/metrics.md) report. Only the few that figures need are listened to.</summary>
internal sealed class FigureListener : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly FigureCounts _counts;
    private long _queue;
    private long _waitingRows;

    /// <param name="counts">Gets what is reported.</param>
    /// <param name="selects">Which instruments are listened to.</param>
    public FigureListener(FigureCounts counts, Func<Instrument, bool> selects)
    {
        _counts = counts;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (selects(instrument) && ReaderOf(instrument.Name) is { } reader) listener.EnableMeasurementEvents(instrument, reader);
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, reader) => ((Reader)reader!)(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, reader) => ((Reader)reader!)(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, reader) => ((Reader)reader!)(value, tags));
        _listener.Start();
    }

    private delegate void Reader(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags);

    /// <summary>The gauges at present.</summary>
    /// <returns>Pictures that wait to be embedded, and rows that the index lacks.</returns>
    public (long Queue, long WaitingRows) Observe()
    {
        (_queue, _waitingRows) = (0, 0);
        _listener.RecordObservableInstruments();
        return (_queue, _waitingRows);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private Reader? ReaderOf(string instrument) => instrument switch
    {
        "imagesearch.table.call.duration" => ReadTableCall,
        "imagesearch.stage.duration" => ReadStage,
        "imagesearch.batch.operations" => ReadBatch,
        "imagesearch.import.pictures" => ReadImport,
        "imagesearch.embedding.waiting" => (value, _) => _queue += (long)value,
        "imagesearch.index.waiting_rows" => (value, _) => _waitingRows += (long)value,
        "http.server.request.duration" => ReadRequest,
        _ => null,
    };

    private void ReadTableCall(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Tag(tags, "outcome") != Outcome.Ok) return;
        switch (Tag(tags, "call"))
        {
            case "add" or "put_item": _counts.Added(); break;
            case "search" or "search_items": _counts.Searched(); break;
        }
    }

    private void ReadStage(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Tag(tags, "call") != "search") return;
        FigureStage? stage = Tag(tags, "stage") switch
        {
            "fetch" => FigureStage.Fetch,
            "embed" => FigureStage.Embed,
            "filter" => FigureStage.Filter,
            "vectors" => FigureStage.Vectors,
            "catalog" => FigureStage.Catalog,
            _ => null,
        };
        if (stage is { } known) _counts.Ended(known, seconds);
    }

    private void ReadBatch(double operations, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Tag(tags, "result") is "created" or "replaced") _counts.Added((long)operations);
    }

    private void ReadImport(double pictures, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Tag(tags, "outcome") == Outcome.Ok) _counts.Added((long)pictures);
    }

    private void ReadRequest(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var status = Find(tags, "http.response.status_code") as int?;
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable) _counts.Refused();
        else if (status == StatusCodes.Status200OK && IsSearch(Tag(tags, "http.route"))) _counts.Ended(FigureStage.All, seconds);
    }

    // /v1/search, /v1/tables/{table}/search, /milvus/img/search, /api/image/sim/search/file.
    private static bool IsSearch(string? route) =>
        route is not null && (route.EndsWith("/search", StringComparison.Ordinal) || route.Contains("/sim/search/", StringComparison.Ordinal));

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name) => Find(tags, name) as string;

    private static object? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name) return tag.Value;
        }

        return null;
    }
}
