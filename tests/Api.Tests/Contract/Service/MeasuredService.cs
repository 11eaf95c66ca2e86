using System.Globalization;
using System.Text.RegularExpressions;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>The service with the metrics of its runtime, read from its process: allocations of the tests themselves do not count.</summary>
public sealed partial class MeasuredService : RunningService
{
    /// <summary>The exporter answers scrapes within this time from its cache.</summary>
    private static readonly TimeSpan ScrapeCache = TimeSpan.FromMilliseconds(300);

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["PROMETHEUS"] = "true" };

    /// <summary>What the process has allocated on the managed heap so far, and its full collections.</summary>
    internal async Task<(long Bytes, long FullCollections)> HeapAsync()
    {
        using var fresh = new PeriodicTimer(ScrapeCache);
        await fresh.WaitForNextTickAsync();
        var text = await Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return (Value(Allocated().Match(text)), Value(FullCollections().Match(text)));
    }

    private static long Value(Match match)
    {
        match.Success.ShouldBeTrue("the metric is missing");
        return (long)double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("""^dotnet_gc_heap_total_allocated_bytes_total(?:\{[^}]*\})? ([0-9.eE+]+)""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Allocated();

    [GeneratedRegex("""^dotnet_gc_collections_total\{[^}]*gen2[^}]*\} ([0-9.eE+]+)""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex FullCollections();
}
