using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Service;
using ImageSearch.Client;
using ImageSearch.Client.Problems;

namespace ImageSearch.Cli.Imports;

/// <summary>
/// Sends the parts of a source to a service and waits until their pictures are stored. A part is sent while the service works on the one before.
/// </summary>
internal sealed class ServiceImport(
    ImageSearchClient client, string table, IImportSource source, Client.Imports.ImportOptions options, ImportJournal journal, ImportReport report,
    IProgress<WorkState> progress, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Queue<(ImportPart Part, JournalPart Entry)> _running = new();
    private (long Items, long Stored, long Failed) _seen;

    /// <summary>Imports everything. The report has what the service has said, also of an import that is interrupted.</summary>
    /// <exception cref="CommandException">The service ended an import unfinished.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendAllAsync(cancellationToken);
        }
        catch
        {
            Count(_seen.Items, _seen.Stored, _seen.Failed);
            throw;
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        foreach (var part in source.Parts())
        {
            while (_running.Count > 1) await FinishNextAsync(cancellationToken);
            var entry = journal.PartOf(part.Fingerprint);
            if (entry.IsFinished) await TakeAsync(part, entry, cancellationToken);
            else await SendAsync(part, entry, cancellationToken);
        }

        while (_running.Count > 0) await FinishNextAsync(cancellationToken);
        journal.Remove();
    }

    private async Task SendAsync(ImportPart part, JournalPart entry, CancellationToken cancellationToken)
    {
        if (entry.Id is null || !await IsThereAsync(entry, cancellationToken))
        {
            // Pictures of a list that broke off are stored with this rule, and its key is used.
            if (options.OnError == Client.Imports.ListErrorRule.Continue && journal.IsContinued) entry.Abandon();
            journal.Save();
            var sending = part.SendAsync(
                client.Imports, table, options with { IdempotencyKey = journal.IdempotencyKey(part.Fingerprint, entry) }, cancellationToken);
            while (await Task.WhenAny(sending, Task.Delay(Interval, time, CancellationToken.None)) != sending)
            {
                if (part.Sent is { } sent) progress.Report(new WorkState(0, sent, Stage: "sending"));
            }

            var import = await sending;
            (entry.Id, entry.Items) = (import.Id, import.Items);
            journal.Save();
        }

        _running.Enqueue((part, entry));
    }

    // The service keeps imports for a week.
    private async Task<bool> IsThereAsync(JournalPart entry, CancellationToken cancellationToken)
    {
        try
        {
            var import = await client.Imports.GetAsync(entry.Id!, cancellationToken);
            if (import.State is Client.Imports.ImportState.Running or Client.Imports.ImportState.Finished) return true;
        }
        catch (ProblemException e) when (e.Code == ProblemCode.ImportNotFound)
        {
            // It is sent again.
        }

        entry.Abandon();
        return false;
    }

    private async Task FinishNextAsync(CancellationToken cancellationToken)
    {
        var (part, entry) = _running.Dequeue();
        Client.Imports.ImportProgress? last = null;
        await foreach (var state in client.Imports.WatchAsync(entry.Id!, cancellationToken))
        {
            last = state;
            var next = await NextAsync(cancellationToken);
            _seen = (state.Items + next.Items, state.Stored + next.Stored, state.Failed + next.Failed);
            Report();
        }

        (entry.Items, entry.Stored, entry.Failed) = (last!.Items, last.Stored, last.Failed);
        entry.IsFinished = last.State == Client.Imports.ImportState.Finished;
        if (!entry.IsFinished) entry.Abandon();
        journal.Save();
        await TakeAsync(part, entry, cancellationToken);
        if (!entry.IsFinished)
        {
            throw new CommandException(
                $"the service ended the import as {Tables.ServiceWord.Of(last.State)}: {last.Fault ?? "a client cancelled it"}; run the command again with --resume");
        }
    }

    // The service works on the part after the one that is watched, too.
    private async Task<Client.Imports.Import> NextAsync(CancellationToken cancellationToken) =>
        _running.TryPeek(out var next) ? await client.Imports.GetAsync(next.Entry.Id!, cancellationToken) : new Client.Imports.Import();

    private async Task TakeAsync(ImportPart part, JournalPart entry, CancellationToken cancellationToken)
    {
        _seen = default;
        Count(entry.Items, entry.Stored, entry.Failed);
        Report();
        if (entry.Failed == 0 || entry.Id is null) return;
        await foreach (var failure in client.Imports.FailuresAsync(entry.Id, cancellationToken)) report.List(part.NameOf(failure), failure.Code, failure.Message);
    }

    private void Count(long items, long stored, long failed)
    {
        report.Pictures += items;
        report.Stored += stored;
        report.Fail(failed);
    }

    private void Report()
    {
        var all = source.Count ?? (report.Pictures + _seen.Items);
        var failed = report.Failed + _seen.Failed;
        var done = report.Stored + _seen.Stored + failed;
        progress.Report(new WorkState(done, all > 0 ? Math.Min(1, (double)done / all) : 0, failed));
    }
}
