using System.CommandLine;
using ImageSearch.Cli.Progress;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Tables;
using ImageSearch.Client.Reembedding;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch reembed --table T</c>.</summary>
internal sealed class ReembedCommand
{
    private const int MaxFailuresShown = 20;

    private readonly Option<Client.Tables.ModelIdentity?> _model = ModelOption.Create("The model that the table gets");
    private readonly Option<long> _maxFailures = new("--max-failures") { Description = "How many items may lose their vector because their picture is gone. Default: 0." };
    private readonly Option<bool> _readPaths = new("--read-paths") { Description = "Read pictures from the paths of items, if they are below the service's IMAGE_ROOTS." };
    private readonly Option<bool> _status = new("--status") { Description = "Print the state of the last change instead of beginning one." };
    private readonly Option<bool> _cancel = new("--cancel") { Description = "Cancel the change that runs; the table keeps its model." };

    public static Command Create(TimeProvider time) => new ReembedCommand().Build(time);

    private Command Build(TimeProvider time)
    {
        var command = new Command("reembed", "Embeds all pictures of a table again, by another model, and waits until that ends.")
        {
            _model, _maxFailures, _readPaths, _status, _cancel,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(_status) && result.GetValue(_cancel)) result.AddError("--status and --cancel exclude each other: set one of them.");
        });
        var table = CommonOptions.AddTable(command);
        return ServiceCommand.Complete(
            command, time, (call, cancellation) => RunAsync(call, table(call.Parsed).Value, cancellation),
            "interrupted; the change goes on in the service: the same command waits for it again, --cancel ends it");
    }

    private async Task<int> RunAsync(ServiceCall call, string table, CancellationToken cancellationToken)
    {
        var reembedding = call.Client.Reembedding(table);
        if (call.Value(_cancel)) await reembedding.CancelAsync(cancellationToken);
        var last = call.Value(_cancel) || call.Value(_status)
            ? await reembedding.GetAsync(cancellationToken)
            : await ChangeAsync(call, table, reembedding, cancellationToken);
        if (call.Output.AsJson) call.Output.Json(last);
        else call.Output.Line(FormattableString.Invariant(
            $"reembed {table}: {ServiceWord.Of(last.State)}, {last.Model.Name}/{last.Model.Version}, {last.Embedded} of {last.Rows} rows, {last.Failed} failed"));
        if (last.Failed > 0) await ListFailuresAsync(call, reembedding, cancellationToken);
        if (last.State == Client.Reembedding.ReembedState.Failed) throw new CommandException($"the table keeps its model: {last.Fault}; --max-failures {last.Failed} accepts the loss");
        return last.Failed > 0 ? ExitCode.RowsRefused : ExitCode.Done;
    }

    private Task<Reembed> ChangeAsync(ServiceCall call, string table, ReembedCalls reembedding, CancellationToken cancellationToken)
    {
        var options = new ReembedOptions
        {
            Model = call.Value(_model),
            MaxFailures = call.Value(_maxFailures),
            ReadPaths = call.Value(_readPaths) ? true : null,
        };
        return WorkProgress.ShowAsync(
            $"reembed {table}",
            call.Output.Error,
            call.Time,
            async progress => await Polling.UntilEndAsync(
                await reembedding.BeginAsync(options, cancellationToken),
                change => change.State == Client.Reembedding.ReembedState.Running,
                reembedding.GetAsync,
                change => progress.Report(new WorkState(change.Embedded, change.Rows > 0 ? Math.Min(1, (double)(change.Embedded + change.Failed) / change.Rows) : 1, change.Failed)),
                call.Time,
                cancellationToken));
    }

    private static async Task ListFailuresAsync(ServiceCall call, ReembedCalls reembedding, CancellationToken cancellationToken)
    {
        await foreach (var failure in reembedding.FailuresAsync(cancellationToken).Take(MaxFailuresShown))
            call.Output.Note($"failed {failure.Key ?? "id " + failure.Id}: {failure.Message} ({failure.Code})");
    }
}
