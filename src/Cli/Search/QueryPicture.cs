using ImageSearch.Cli.Service;

namespace ImageSearch.Cli.Search;

/// <summary>The picture to search by: a file of this machine, or a URL that the service fetches.</summary>
internal sealed class QueryPicture
{
    private QueryPicture(string text, bool isUrl) => (Text, IsUrl) = (text, isUrl);

    /// <summary>The path or URL.</summary>
    public string Text { get; }

    private bool IsUrl { get; }

    /// <summary>The file; null for a URL.</summary>
    public string? File => IsUrl ? null : Text;

    /// <exception cref="CommandException">There is no such file.</exception>
    public static QueryPicture Of(string text)
    {
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
        if (!isUrl && !System.IO.File.Exists(text)) throw new CommandException($"there is no file '{text}'; give the path of a picture or its URL");
        return new QueryPicture(text, isUrl);
    }

    public Client.Items.Picture ToPicture() => IsUrl ? Client.Items.Picture.FromUrl(Text) : Client.Items.Picture.FromFile(Text);
}
