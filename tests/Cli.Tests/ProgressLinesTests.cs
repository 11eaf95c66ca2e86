using ImageSearch.Cli.Progress;

namespace ImageSearch.Cli.Tests;

public sealed class ProgressLinesTests : IDisposable
{
    private readonly Clock _clock = new();
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_short_run_prints_nothing()
    {
        var lines = new ProgressLines("import shop", _output, _clock);

        _clock.Seconds = 4;
        lines.Report(new WorkState(100, 1));

        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void A_long_run_prints_rate_and_time_left_every_few_seconds()
    {
        var lines = new ProgressLines("import shop", _output, _clock);
        foreach (var second in new[] { 5, 6, 7, 10 })
        {
            _clock.Seconds = second;
            lines.Report(new WorkState(second * 100, second / 20.0));
        }

        _output.ToString().ReplaceLineEndings("\n").ShouldBe(
            "import shop: 25 %, 500 rows, 100 rows/s, 15 s left\nimport shop: 50 %, 1000 rows, 100 rows/s, 10 s left\n");
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
