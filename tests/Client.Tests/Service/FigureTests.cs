using System.Diagnostics;
using ImageSearch.Client.Figures;

namespace ImageSearch.Client.Tests.Service;

[Collection(ServiceGroup.Name)]
public sealed class FigureTests(ClientService service)
{
    [Fact]
    public async Task Figures_are_read_with_their_times_memory_and_disk()
    {
        var sample = await SampleAsync();

        sample.Time.ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        sample.SearchMs.ShouldNotBeNull();
        sample.WorkingSetBytes.ShouldBeGreaterThan(sample.ManagedBytes);
        sample.DiskUsedBytes!.Value.ShouldBeGreaterThan(0);
        sample.DiskFreeBytes!.Value.ShouldBeGreaterThan(0);
    }

    // The first one is taken ten seconds after the start.
    private async Task<FigureSample> SampleAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var figures = await service.Client.Figures.GetAsync();
            figures.IntervalSeconds.ShouldBe(10);
            if (figures.Samples is [var first, ..]) return first;
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMinutes(1));
            await Task.Delay(100);
        }
    }
}
