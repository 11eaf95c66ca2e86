using System.CommandLine;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Reports;
using ImageSearch.Cli.Terminal;
using ImageSearch.Embedding.Models;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Cli.Commands;

/// <summary>Runs a command: progress and errors go to standard error, the report to standard output.</summary>
internal sealed class CommandRun(ParseResult parsed, RunReport report, bool asJson, TimeProvider time)
{
    private readonly TextWriter _output = parsed.InvocationConfiguration.Output;
    private readonly TextWriter _error = parsed.InvocationConfiguration.Error;

    /// <summary>Does the work and prints its report, even if it was interrupted or failed.</summary>
    /// <param name="work">Fills the report; returns the failure, or null.</param>
    /// <param name="cancellationToken">Ctrl+C of the user.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Func<IProgress<WorkState>, CancellationToken, Task<Failure?>> work, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var failure = await CatchAsync(work, cancellationToken);
        report.Seconds = Math.Round(time.GetElapsedTime(start).TotalSeconds, 3);
        report.Error = failure?.Message;
        report.Complete = failure is null;
        if (asJson || report.Started) await _output.WriteLineAsync(asJson ? report.ToJson() : report.ToText());
        var notWritten = await WriteFileAsync();
        failure ??= notWritten;
        if (failure is not null) await _error.WriteLineAsync($"imagesearch {report.Command}: {SafeText.Of(failure.Message)}");
        if (report.Interrupted) return ExitCode.Interrupted;
        return failure is not null ? ExitCode.Failed : report.Refused > 0 ? ExitCode.RowsRefused : ExitCode.Done;
    }

    // Standard output has the report too, so nothing is lost if the file can't be written.
    private async Task<Failure?> WriteFileAsync()
    {
        try
        {
            if (report.File is { } file) await File.WriteAllTextAsync(file, report.ToJson() + "\n", CancellationToken.None);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(FailureCode.Internal, $"the report could not be written: {e.Message}");
        }
    }

    private async Task<Failure?> CatchAsync(
        Func<IProgress<WorkState>, CancellationToken, Task<Failure?>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await WorkProgress.ShowAsync($"{report.Command} {report.Table}", _error, time, progress => work(progress, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            report.Interrupted = true;
            return new Failure(FailureCode.Internal, "interrupted; run the same command again to continue");
        }
        catch (CatalogException e)
        {
            return new Failure(e.Code, e.Message);
        }
        catch (Exception e) when (e is ModelException or VectorStoreException or IOException or UnauthorizedAccessException)
        {
            return new Failure(FailureCode.Internal, e.Message);
        }
    }
}
