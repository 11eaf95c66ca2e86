namespace ImageSearch.Api.Tests;

/// <summary>A clock that a test advances.</summary>
internal sealed class Clock : TimeProvider
{
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public void Advance(TimeSpan time) => _now += time;
}
