using System.CommandLine;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Migration;

/// <summary>The options of re-embedding.</summary>
/// <param name="files">Describes the file of a row, for the help.</param>
/// <param name="pattern">Describes the placeholders of URLs, for the help.</param>
internal sealed class PictureOptions(string files, string pattern)
{
    private readonly Option<bool> _reembed = new("--reembed")
    {
        Description = "Embed the pictures of rows whose stored vector is not usable; needs --images or --picture-url.",
    };

    private readonly Option<DirectoryInfo> _images = new("--images")
    {
        Description = $"A folder with the pictures of the rows: {files}.",
    };

    private readonly Option<string?> _url = new("--picture-url")
    {
        Description = $"The URL of a row's picture, with {pattern}. "
            + $"Hosts in private networks must be listed in the variable {Variables.FetchAllow}.",
    };

    public void AddTo(Command command)
    {
        _images.AcceptExistingOnly();
        _images.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<DirectoryInfo>() is { Parent: null }) result.AddError("--images must be a folder, not a whole disk.");
        });
        command.Validators.Add(result =>
        {
            var hasSource = result.GetValue(_images) is not null || result.GetValue(_url) is { Length: > 0 };
            if (result.GetValue(_reembed) != hasSource)
                result.AddError("--reembed needs --images DIR or --picture-url URL, and these need --reembed.");
        });
        command.Add(_reembed);
        command.Add(_images);
        command.Add(_url);
    }

    /// <summary>The pictures to embed; null without --reembed.</summary>
    public PicturesToEmbed? Read(ParseResult parsed) =>
        parsed.GetValue(_reembed) ? new PicturesToEmbed(parsed.GetValue(_images), parsed.GetValue(_url)) : null;
}
