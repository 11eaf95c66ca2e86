using System.CommandLine;
using ImageSearch.Cli.Service;
using ImageSearch.Cli.Tables;

namespace ImageSearch.Cli.Imports;

/// <summary>The choices of an import into a service.</summary>
internal sealed class ServiceImportOptions
{
    private readonly Option<string?> _key = new("--key")
    {
        Description = "The key of an item. In a folder: path (relative to it, the default), filename, stem (without extension) or md5. In a list: the column of the key.",
    };

    private readonly Option<bool> _resume = new("--resume") { Description = "Continue the import of this source that was interrupted; begin one if there is none." };

    private readonly Option<bool> _create = new("--create") { Description = "Create the table if it does not exist." };

    private readonly Option<bool> _skipInvalid = new("--skip-invalid")
    {
        Description = "Report invalid lines of a list and import the others. Without it one invalid line refuses the list.",
    };

    private readonly Option<bool> _sharedKeys = new("--shared-keys")
    {
        Description = "Let lines with an id share their key with other rows, as exports of /api/image/sim/* tables may.",
    };

    private readonly Option<string?> _charset = new("--charset") { Description = "The charset of a CSV, or of names in a ZIP, such as gbk. Default: utf-8." };

    private readonly WordOption<Client.Tables.KeyRule> _onExistingKey = new(
        "--on-existing-key", "What happens to an item whose key is there; default: the table's rule");

    public void AddTo(Command command)
    {
        foreach (var option in Options) command.Add(option);
        _onExistingKey.AddTo(command);
    }

    private Option[] Options => [_key, _resume, _create, _skipInvalid, _sharedKeys, _charset];

    /// <summary>Whether the command line has one of them.</summary>
    public bool IsGiven(ParseResult parsed) =>
        Options.Any(option => parsed.GetResult(option) is { Implicit: false }) || _onExistingKey.Read(parsed) is not null;

    public bool Resumes(ParseResult parsed) => parsed.GetValue(_resume);

    public bool Creates(ParseResult parsed) => parsed.GetValue(_create);

    /// <summary>The source with the choices that are about it.</summary>
    /// <exception cref="CommandException">It is not one that can be imported.</exception>
    public IImportSource Open(ParseResult parsed, string path)
    {
        var key = parsed.GetValue(_key);
        if (!Directory.Exists(path)) return ListFile.Open(path, parsed.GetValue(_charset), key);
        if (parsed.GetValue(_charset) is not null) throw new CommandException("--charset is for CSV and ZIP");
        return PictureFolder.Read(path, KeyOf(key));
    }

    /// <summary>The choices of the API.</summary>
    public Client.Imports.ImportOptions Read(ParseResult parsed, bool dryRun) => new()
    {
        OnError = parsed.GetValue(_skipInvalid) ? Client.Imports.ListErrorRule.Continue : null,
        OnExistingKey = _onExistingKey.Read(parsed),
        DryRun = dryRun,
        SharedKeys = parsed.GetValue(_sharedKeys),
    };

    private static PictureKey KeyOf(string? text) => text switch
    {
        null => PictureKey.Path,
        _ when Enum.TryParse<PictureKey>(text, ignoreCase: true, out var key) && !char.IsAsciiDigit(text[0]) => key,
        _ => throw new CommandException($"--key is \"{text}\", but of a folder it must be path, filename, stem or md5"),
    };
}
