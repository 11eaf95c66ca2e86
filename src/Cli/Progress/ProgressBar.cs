using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ImageSearch.Cli.Progress;

/// <summary>A progress bar on a terminal. It uses standard error, so standard output has the report only.</summary>
internal static class ProgressBar
{
    private const string Rows = "rows";

    public static Task<T> ShowAsync<T>(string title, string unit, Func<IProgress<WorkState>, Task<T>> work)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(unit), new RemainingTimeColumn())
            .StartAsync(context => work(new Bar(context.AddTask(Markup.Escape(title), maxValue: 1))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<WorkState>
    {
        public void Report(WorkState value)
        {
            task.State.Update<long>(Rows, _ => value.Rows);
            task.Value = value.Fraction;
        }
    }

    private sealed class RateColumn(string unit) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            var rows = task.State.Get<long>(Rows);
            var seconds = task.ElapsedTime?.TotalSeconds ?? 0;
            var rate = seconds > 0 ? rows / seconds : 0;
            return new Text(string.Create(CultureInfo.InvariantCulture, $"{rows} {unit}, {rate:0}/s"));
        }
    }
}
