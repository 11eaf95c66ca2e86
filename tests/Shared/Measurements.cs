using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ImageSearch.Testing;

/// <summary>
/// Records the measurements of meters. It hears all instances of a meter in the process, including those of tests that run in parallel.
/// </summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, bool> _instruments = new();
    private readonly ConcurrentQueue<Measurement> _all = new();

    /// <param name="selects">Selects the instruments.</param>
    public Measurements(Func<Instrument, bool> selects)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!selects(instrument)) return;
            _instruments.TryAdd(instrument, true);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The measurements so far.</summary>
    public IReadOnlyList<Measurement> All => [.. _all];

    /// <summary>The selected instruments, including disposed ones.</summary>
    public IReadOnlyList<Instrument> Instruments => [.. _instruments.Keys];

    /// <summary>The measurements of one instrument.</summary>
    public IReadOnlyList<Measurement> Of(string instrument) => [.. _all.Where(measurement => measurement.Instrument == instrument)];

    /// <summary>The current value of an observable instrument.</summary>
    public double Shown(string instrument)
    {
        _listener.RecordObservableInstruments();
        return Of(instrument)[^1].Value;
    }

    public void Dispose() => _listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _all.Enqueue(new Measurement(instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString() ?? "")));
}

/// <summary>A measurement of an instrument.</summary>
internal sealed record Measurement(string Instrument, double Value, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The tag's value; fails the test if there is none.</summary>
    public string this[string tag] => Tags[tag];
}

/// <summary>Creates meters as a host does, and disposes them.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly ConcurrentDictionary<string, Meter> _meters = new();

    public Meter Create(MeterOptions options) => _meters.GetOrAdd(options.Name, name => new Meter(name, version: null, tags: null, scope: this));

    /// <summary>Whether an instrument was made by this factory.</summary>
    public bool Made(Instrument instrument) => instrument.Meter.Scope == this;

    public void Dispose()
    {
        foreach (var meter in _meters.Values) meter.Dispose();
    }
}
