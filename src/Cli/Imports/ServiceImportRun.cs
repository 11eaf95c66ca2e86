using ImageSearch.Cli.Commands;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Terminal;
using ImageSearch.Client;
using ImageSearch.Client.Problems;

namespace ImageSearch.Cli.Imports;

/// <summary>A run of <c>imagesearch import</c> into a service: the table, the source, the journal and the report.</summary>
internal sealed class ServiceImportRun(ServiceCall call, string table, string path, bool dryRun)
{
    /// <summary>Imports, and prints the report also of an import that is interrupted or fails.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ServiceImportOptions choices, CancellationToken cancellationToken)
    {
        var start = call.Time.GetTimestamp();
        var source = choices.Open(call.Parsed, path);
        var options = choices.Read(call.Parsed, dryRun);
        var created = await FindTableAsync(choices.Creates(call.Parsed), cancellationToken);
        var journal = ImportJournal.Open(
            $"{call.Connection.Target.Address} {table} {source.Path} {options.OnError} {options.OnExistingKey}", created, choices.Resumes(call.Parsed), isKept: !dryRun);
        if (journal.HasForgotten) call.Output.Note("an earlier import of this source was interrupted; it begins again, --resume would continue it");
        var report = new ImportReport(table, source.Path) { DryRun = dryRun };
        try
        {
            await WorkProgress.ShowAsync(
                $"import {table}",
                call.Output.Error,
                call.Time,
                async progress =>
                {
                    await new ServiceImport(call.Client, table, source, options, journal, report, progress, call.Time).RunAsync(cancellationToken);
                    return true;
                },
                "pictures");
            report.Complete = true;
        }
        finally
        {
            Finish(report, source as PictureFolder, start);
        }

        return report.Failed > 0 ? ExitCode.RowsRefused : ExitCode.Done;
    }

    private async Task<DateTimeOffset?> FindTableAsync(bool creates, CancellationToken cancellationToken)
    {
        try
        {
            return (await call.Client.Tables.GetAsync(table, cancellationToken)).Created;
        }
        catch (ProblemException e) when (e.Code == ProblemCode.TableNotFound)
        {
            if (creates) return (await call.Client.Tables.CreateAsync(table, cancellationToken: cancellationToken)).Created;
            call.Output.Note($"\"imagesearch create --table {table}\" creates the table, and so does --create");
            throw;
        }
    }

    private void Finish(ImportReport report, PictureFolder? folder, long start)
    {
        report.Seconds = Math.Round(call.Time.GetElapsedTime(start).TotalSeconds, 3);
        foreach (var (name, reason) in folder?.Refused ?? []) report.List(name, "request_invalid", reason);
        report.Pictures += folder?.Refused.Count ?? 0;
        report.Fail(folder?.Refused.Count ?? 0);
        if (folder?.SameContent > 0) report.Notes.Add($"{folder.SameContent} files have the content of another one and were sent once");
        if (call.Output.AsJson) call.Output.Json(report);
        else call.Output.Out.WriteLine(SafeText.Lines(report.ToText()));
    }
}
