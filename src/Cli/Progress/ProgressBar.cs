using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ImageSearch.Cli.Progress;

/// <summary>A progress bar on a terminal. It uses standard error, so standard output has the report only.</summary>
internal static class ProgressBar
{
    private const string State = "state";

    public static Task<T> ShowAsync<T>(string title, string unit, Func<IProgress<WorkState>, Task<T>> work)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(unit), new RemainingTimeColumn())
            .StartAsync(context => work(new Bar(title, context.AddTask(Markup.Escape(title), maxValue: 1))));
    }

    private sealed class Bar(string title, ProgressTask task) : IProgress<WorkState>
    {
        public void Report(WorkState value)
        {
            task.State.Update<WorkState>(State, _ => value);
            task.Description = Markup.Escape(value.Stage is null ? title : $"{title} ({value.Stage})");
            task.Value = value.Fraction;
        }
    }

    private sealed class RateColumn(string unit) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            var (rows, _, failed, _) = task.State.Get<WorkState>(State);
            var seconds = task.ElapsedTime?.TotalSeconds ?? 0;
            var rate = seconds > 0 ? rows / seconds : 0;
            var errors = failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {failed} failed") : "";
            return new Text(string.Create(CultureInfo.InvariantCulture, $"{rows} {unit}, {rate:0}/s{errors}"));
        }
    }
}
