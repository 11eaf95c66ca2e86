using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Completion;

/// <summary>Answers a shell that asks for the words that may come next: <c>imagesearch "[suggest:POSITION]" "LINE"</c>.</summary>
/// <param name="directive">The directive, which has the position.</param>
/// <param name="time">The clock.</param>
internal sealed class CompletionAction(SuggestDirective directive, TimeProvider time) : AsynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override async Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        var text = parseResult.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? "";
        var end = parseResult.GetResult(directive)?.Values is [var value, ..] && int.TryParse(value, out var position) ? Math.Clamp(position, 0, text.Length) : text.Length;
        var line = parseResult.RootCommandResult.Command.Parse(text[..end]);
        var output = parseResult.InvocationConfiguration.Output;
        foreach (var item in line.GetCompletions(end))
        {
            var word = item.InsertText ?? item.Label;
            IReadOnlyList<string> words = item.Kind == nameof(TableNames) ? await TableNames.FindAsync(line, word, time, cancellationToken) : [word];
            foreach (var found in words) await output.WriteLineAsync(SafeText.Of(found));
        }

        return 0;
    }
}
