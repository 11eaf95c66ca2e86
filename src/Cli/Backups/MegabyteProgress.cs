using ImageSearch.Cli.Progress;

namespace ImageSearch.Cli.Backups;

/// <summary>Reports bytes as progress in MB.</summary>
internal sealed class MegabyteProgress(IProgress<WorkState> progress, long total)
{
    private long _done;

    public void Add(long bytes) => Report(progress, _done += bytes, total);

    public static void Report(IProgress<WorkState> progress, long done, long total) =>
        progress.Report(new WorkState(done >> 20, total > 0 ? Math.Min(1, done / (double)total) : 0));
}
