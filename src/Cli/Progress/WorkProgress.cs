namespace ImageSearch.Cli.Progress;

/// <summary>Shows how far a run has come: a bar on a terminal, a line now and then where the output goes to a file or a log.</summary>
internal static class WorkProgress
{
    public static Task<T> ShowAsync<T>(string what, TextWriter error, TimeProvider time, Func<IProgress<WorkState>, Task<T>> work) =>
        ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected
            ? ProgressBar.ShowAsync(what, work)
            : work(new ProgressLines(what, error, time));
}
