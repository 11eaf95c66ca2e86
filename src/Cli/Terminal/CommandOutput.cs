using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace ImageSearch.Cli.Terminal;

/// <summary>What a command prints: results to standard output, errors and notes to standard error.</summary>
internal sealed class CommandOutput(ParseResult parsed, bool asJson)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public TextWriter Out { get; } = parsed.InvocationConfiguration.Output;

    public TextWriter Error { get; } = parsed.InvocationConfiguration.Error;

    /// <summary>Whether the user wants JSON.</summary>
    public bool AsJson => asJson;

    /// <summary>Whether results go to a terminal.</summary>
    public bool IsTerminal => !asJson && ReferenceEquals(Out, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Whether a result was written as JSON.</summary>
    public bool HasJson { get; private set; }

    /// <summary>Writes a result as one line of JSON, with the names that the API has.</summary>
    public void Json<T>(T value)
    {
        HasJson = true;
        Out.WriteLine(JsonSerializer.Serialize(value, Format));
    }

    /// <summary>Writes a line for a person. It may have texts of the service.</summary>
    public void Line(string text) => Out.WriteLine(SafeText.Of(text));

    /// <summary>Writes a note beside the results.</summary>
    public void Note(string text) => Error.WriteLine(SafeText.Of(text));

    /// <summary>A console for tables on a terminal.</summary>
    public IAnsiConsole Ansi() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Out) });
}
