using System.CommandLine;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Search;

/// <summary>Whether hits are shown with their thumbnails in the terminal.</summary>
internal sealed class ThumbnailOption
{
    private const string Auto = "auto";
    private const string Always = "always";
    private const string Never = "never";

    private readonly Option<string> _option = new("--thumbnails")
    {
        Description = $"Show the thumbnails of the hits in the terminal: {Auto} (if the terminal is known to show pictures), {Always} or {Never}.",
        DefaultValueFactory = _ => Auto,
    };

    public void AddTo(Command command)
    {
        _option.AcceptOnlyFromAmong(Auto, Always, Never);
        command.Add(_option);
    }

    public bool IsOn(ParseResult parsed, CommandOutput output) => !output.AsJson && parsed.GetValue(_option) switch
    {
        Always => true,
        Never => false,
        _ => output.IsTerminal && InlinePicture.IsShown(Environment.GetEnvironmentVariable),
    };
}
