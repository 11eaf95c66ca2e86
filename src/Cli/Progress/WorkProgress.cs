namespace ImageSearch.Cli.Progress;

/// <summary>Shows the progress of a run: a bar on a terminal, lines in a file or a log.</summary>
internal static class WorkProgress
{
    public static Task<T> ShowAsync<T>(string title, TextWriter error, TimeProvider time, Func<IProgress<WorkState>, Task<T>> work, string unit = "rows") =>
        ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected
            ? ProgressBar.ShowAsync(title, unit, work)
            : work(new ProgressLines(title, error, time, unit));
}
