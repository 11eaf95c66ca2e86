using System.CommandLine;

namespace ImageSearch.Cli.Migration;

/// <summary>The options that say whether rows are embedded anew, and from which pictures.</summary>
internal sealed class PictureChoice
{
    private readonly Option<bool> _reembed = new("--reembed")
    {
        Description = "Embed rows anew whose stored vector can't be used; needs --images or --picture-url.",
    };

    private readonly Option<DirectoryInfo> _images = new("--images")
    {
        Description = "A folder of the rows' pictures: the file that a row's brief or tags name, or that is named by its id, such as 17.jpg.",
    };

    private readonly Option<string?> _url = new("--picture-url")
    {
        Description = "Where a row's picture is, with {id}, {tags} and {brief}, such as https://shop.example/p/{id}.jpg, or just {brief}. "
            + "Hosts in inner networks must stand in the variable FETCH_ALLOW.",
    };

    public void AddTo(Command command)
    {
        _images.AcceptExistingOnly();
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
