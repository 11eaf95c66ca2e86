using ImageSearch.Client.Items;
using ImageSearch.Pages.Pictures;
using Microsoft.AspNetCore.Components.Forms;

namespace ImageSearch.Pages.Searching.Inputs;

/// <summary>A picture to search by. A file stays in the browser, and is read with each search: the service keeps none.</summary>
public abstract record PickedPicture
{
    /// <summary>What the picture is called: a file name or a URL, from the user.</summary>
    public abstract string Name { get; }

    /// <summary>The picture as the service takes it.</summary>
    public abstract ValueTask<Picture> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>A file of the browser.</summary>
/// <param name="File">The file.</param>
/// <param name="Address">Where the page shows it: an address that only the browser knows.</param>
public sealed record PickedFile(IBrowserFile File, string Address) : PickedPicture
{
    public override string Name => File.Name;

    public override async ValueTask<Picture> ReadAsync(CancellationToken cancellationToken)
    {
        // Whole, before the call: a picture that comes slowly from a phone must not use up the time that a request may take.
        // The memory grows with what comes: the size is what a browser claims.
        using var bytes = new MemoryStream();
        await using var stream = File.OpenReadStream(PictureSize.MaxBytes, cancellationToken);
        await stream.CopyToAsync(bytes, cancellationToken);
        return Picture.FromBytes(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }
}

/// <summary>A picture that the service fetches.</summary>
/// <param name="Url">Its URL.</param>
public sealed record PickedUrl(string Url) : PickedPicture
{
    public override string Name => Url;

    public override ValueTask<Picture> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Picture.FromUrl(Url));
}
