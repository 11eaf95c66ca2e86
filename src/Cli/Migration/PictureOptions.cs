using System.CommandLine;

namespace ImageSearch.Cli.Migration;

/// <summary>The options that say whether rows are embedded anew, and from which pictures.</summary>
/// <param name="files">Which file of a folder is a row's, for the help.</param>
/// <param name="pattern">What URLs are made of, for the help.</param>
internal sealed class PictureOptions(string files, string pattern)
{
    private readonly Option<bool> _reembed = new("--reembed")
    {
        Description = "Embed rows anew whose stored vector can't be used; needs --images or --picture-url.",
    };

    private readonly Option<DirectoryInfo> _images = new("--images")
    {
        Description = $"A folder of the rows' pictures: {files}.",
    };

    private readonly Option<string?> _url = new("--picture-url")
    {
        Description = $"Where a row's picture is, with {pattern}. "
            + "Hosts in inner networks must stand in the variable FETCH_ALLOW.",
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
            var places = result.GetValue(_images) is not null || result.GetValue(_url) is { Length: > 0 };
            if (result.GetValue(_reembed) != places)
                result.AddError("--reembed goes with --images DIR or --picture-url URL, and these go with --reembed.");
        });
        command.Add(_reembed);
        command.Add(_images);
        command.Add(_url);
    }

    /// <summary>What was asked for, or null.</summary>
    public PicturesToEmbed? Read(ParseResult parsed) =>
        parsed.GetValue(_reembed) ? new PicturesToEmbed(parsed.GetValue(_images), parsed.GetValue(_url)) : null;
}
