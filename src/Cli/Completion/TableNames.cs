using System.CommandLine;
using System.CommandLine.Completions;
using ImageSearch.Cli.Service;
using ImageSearch.Client;

namespace ImageSearch.Cli.Completion;

/// <summary>The names of the tables of the service that a command line chooses, for the shell.</summary>
internal static class TableNames
{
    private const int MaxNames = 1000;

    // The user waits for them at the prompt.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Stands for the names among the completions of an option: those are found synchronously, and the names by a call of the service. Only
    /// completions that contain the word are kept, so its label has it.
    /// </summary>
    public static CompletionItem Placeholder(CompletionContext context) =>
        new($"TABLE {context.WordToComplete}", nameof(TableNames), insertText: context.WordToComplete);

    /// <summary>The names that begin with a text, as many as the service says in time. A service that does not answer has none.</summary>
    /// <param name="line">The command line, which may be incomplete.</param>
    /// <param name="beginning">The beginning of the names.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(ParseResult line, string beginning, TimeProvider time, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        if (ServerOptions.Find(line) is not { } target) return names;
        using var connection = new ServiceConnection(target, time);
        using var wait = new CancellationTokenSource(MaxWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, cancellationToken);
        try
        {
            await foreach (var table in connection.Client.Tables.ListAsync(cancellationToken: either.Token))
            {
                // Shells expand what they are given: a name has letters, digits and underscores only.
                if (TableName.Parse(table.Name).Failure is null && table.Name.StartsWith(beginning, StringComparison.Ordinal)) names.Add(table.Name);
                if (names.Count == MaxNames) break;
            }
        }
        catch (Exception e) when (e is ImageSearchException or OperationCanceledException)
        {
            // The shell shows what there is.
        }

        return names;
    }
}
