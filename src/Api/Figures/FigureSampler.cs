namespace ImageSearch.Api.Figures;

/// <summary>Samples the figures of the process every ten seconds, for <c>GET /v1/figures</c>.</summary>
/// <param name="ring">Keeps the samples.</param>
/// <param name="dataPath">DATA_PATH, whose disk is measured.</param>
/// <param name="time">The clock.</param>
internal sealed class FigureSampler(FigureRing ring, string dataPath, TimeProvider time) : BackgroundService
{
    /// <summary>The time between two samples.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var reader = new FigureReader(dataPath, time);
        while (true)
        {
            await Task.Delay(Interval, time, stoppingToken);
            ring.Add(reader.Read());
        }
    }
}
