using System.CommandLine;
using ImageSearch.Cli.Commands;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Terminal;
using ImageSearch.Client;
using ImageSearch.Storage.Backups;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Backups;

/// <summary>Runs a command about a backup: progress and errors go to standard error, the report to standard output.</summary>
internal sealed class BackupCommandRun(ParseResult parsed, BackupReport report, bool asJson, TimeProvider time)
{
    /// <summary>Does the work and prints its report.</summary>
    /// <param name="work">Fills the report; returns the failure, or null.</param>
    /// <param name="interrupted">What an interruption by the user means.</param>
    /// <param name="cancellationToken">Ctrl+C of the user.</param>
    /// <param name="target">The service that is called; null for none.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        Func<IProgress<WorkState>, CancellationToken, Task<Failure?>> work, string interrupted, CancellationToken cancellationToken, ServiceTarget? target = null)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var start = time.GetTimestamp();
        var code = ExitCode.Failed;
        Failure? failure;
        try
        {
            failure = await WorkProgress.ShowAsync($"{report.Command} {report.Backup}", error, time, progress => work(progress, cancellationToken), "MB");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            (failure, code) = (new Failure(FailureCode.Internal, interrupted), ExitCode.Interrupted);
        }
        catch (ImageSearchException e) when (target is not null)
        {
            var refused = ServiceFailure.Of(e, target);
            (failure, code) = (new Failure(FailureCode.Internal, refused.Message), refused.ExitCode);
        }
        catch (BackupException e)
        {
            failure = e.ToFailure();
        }
        catch (Exception e) when (e is CatalogException or IOException or UnauthorizedAccessException)
        {
            failure = new Failure(FailureCode.Internal, e.Message);
        }

        report.Seconds = Math.Round(time.GetElapsedTime(start).TotalSeconds, 3);
        report.Error = failure?.Message;
        report.Complete = failure is null;
        if (asJson || report.Complete) await output.WriteLineAsync(asJson ? report.ToJson() : SafeText.Lines(report.ToText()));
        if (failure is null) return ExitCode.Done;
        await error.WriteLineAsync($"imagesearch {report.Command}: {SafeText.Of(failure.Message)}");
        return code;
    }
}
