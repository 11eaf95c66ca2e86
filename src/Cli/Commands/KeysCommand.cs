using System.CommandLine;
using ImageSearch.Cli.Keys;
using ImageSearch.Cli.Service;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch keys list|show|self|create|change|rotate|delete</c>.</summary>
internal static class KeysCommand
{
    public static Command Create(TimeProvider time) => new("keys", "Makes and changes API keys of shops (docs/keys.md). All but self need the service's token.")
    {
        List(time), Show(time), Self(time), Make(time), Change(time), Rotate(time), Delete(time),
    };

    private static Command List(TimeProvider time) => ServiceCommand.Complete(new Command("list", "Lists the keys, without their secrets."), time, async (call, cancellation) =>
    {
        await KeyText.WriteAsync(call.Output, call.Client.Keys.ListAsync(cancellation));
        return ExitCode.Done;
    });

    private static Command Show(TimeProvider time)
    {
        var id = IdArgument();
        return ServiceCommand.Complete(new Command("show", "Shows a key.") { id }, time, async (call, cancellation) =>
            KeyText.Write(call.Output, await call.Client.Keys.GetAsync(call.Parsed.GetValue(id)!, cancellation)));
    }

    private static Command Self(TimeProvider time) =>
        ServiceCommand.Complete(new Command("self", "Shows the key that the command itself is called with."), time, async (call, cancellation) =>
            KeyText.Write(call.Output, await call.Client.Keys.GetSelfAsync(cancellation)));

    private static Command Make(TimeProvider time)
    {
        var name = new Argument<string>("name") { Description = "What you call the key." };
        var rights = new KeyOptions(isNew: true);
        var command = new Command("create", "Creates a key and prints its secret, which the service does not keep.") { name };
        rights.AddTo(command);
        return ServiceCommand.Complete(command, time, async (call, cancellation) =>
            KeyText.Write(call.Output, await call.Client.Keys.CreateAsync(rights.ReadNew(call.Parsed, call.Parsed.GetValue(name)!), cancellation)));
    }

    private static Command Change(TimeProvider time)
    {
        var id = IdArgument();
        var rights = new KeyOptions(isNew: false);
        var command = new Command("change", "Changes a key; what is not given stays, and \"none\" removes a limit.") { id };
        rights.AddTo(command);
        return ServiceCommand.Complete(command, time, async (call, cancellation) =>
            KeyText.Write(call.Output, await call.Client.Keys.ChangeAsync(call.Parsed.GetValue(id)!, rights.ReadChanges(call.Parsed), cancellation)));
    }

    private static Command Rotate(TimeProvider time)
    {
        var id = IdArgument();
        var grace = new Option<int>("--grace-seconds") { Description = "How long the secret before goes on, at most 604800. Default: 0." };
        return ServiceCommand.Complete(new Command("rotate", "Gives a key another secret and prints it.") { id, grace }, time, async (call, cancellation) =>
            KeyText.Write(call.Output, await call.Client.Keys.RotateAsync(call.Parsed.GetValue(id)!, TimeSpan.FromSeconds(call.Value(grace)), cancellation)));
    }

    private static Command Delete(TimeProvider time)
    {
        var id = IdArgument();
        return ServiceCommand.Complete(new Command("delete", "Deletes a key; its tables stay.") { id }, time, async (call, cancellation) =>
        {
            var deleted = call.Parsed.GetValue(id)!;
            await call.Client.Keys.DeleteAsync(deleted, cancellation);
            if (call.Output.AsJson) call.Output.Json(new { Id = deleted, Deleted = true });
            else call.Output.Line($"deleted {deleted}");
            return ExitCode.Done;
        });
    }

    private static Argument<string> IdArgument() => new("id") { Description = "The id of the key." };
}
