using System.CommandLine;
using ImageSearch.Cli.Commands;
using ImageSearch.Cli.Terminal;
using ImageSearch.Client;

namespace ImageSearch.Cli.Service;

/// <summary>A command that calls a running service.</summary>
internal static class ServiceCommand
{
    private const string Interrupted = "interrupted";

    /// <summary>Adds the options of a service and --json to a command, and what it does.</summary>
    /// <param name="command">The command with its own options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="run">Runs it and returns the exit code.</param>
    /// <param name="interrupted">What Ctrl+C of the user means.</param>
    public static Command Complete(
        Command command, TimeProvider time, Func<ServiceCall, CancellationToken, Task<int>> run, string interrupted = Interrupted)
    {
        var server = new ServerOptions();
        var json = new Option<bool>("--json") { Description = "Print JSON: one object, or in lists one object per line." };
        server.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(new CommandOutput(parsed, parsed.GetValue(json)), parsed, server, time, run, interrupted, cancellationToken));
        return command;
    }

    /// <summary>Runs a command against the service that the options name.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        CommandOutput output, ParseResult parsed, ServerOptions server, TimeProvider time, Func<ServiceCall, CancellationToken, Task<int>> run,
        string interrupted, CancellationToken cancellationToken)
    {
        if (!server.Read(parsed).TryGet(out var target, out var failure)) return Fail(output, parsed, new("request_invalid", failure.Message, ExitCode.Failed));
        using var connection = new ServiceConnection(target, time);
        try
        {
            return await run(new ServiceCall(parsed, connection, output, time), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(output, parsed, new(Interrupted, interrupted, ExitCode.Interrupted));
        }
        catch (ImageSearchException e)
        {
            return Fail(output, parsed, ServiceFailure.Of(e, target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandException)
        {
            return Fail(output, parsed, new("failed", e.Message, ExitCode.Failed));
        }
    }

    private static int Fail(CommandOutput output, ParseResult parsed, ServiceFailure failure)
    {
        if (output is { AsJson: true, HasJson: false }) output.Json(new { Error = new { failure.Code, failure.Message } });
        output.Note($"imagesearch {CommandPath.Of(parsed.CommandResult)}: {failure.Message}");
        return failure.ExitCode;
    }
}
