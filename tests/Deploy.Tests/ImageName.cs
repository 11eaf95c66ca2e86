namespace ImageSearch.Deploy.Tests;

/// <summary>The name of a container image.</summary>
/// <param name="Name">The text before the tag.</param>
/// <param name="Tag">Empty if there is none.</param>
internal sealed record ImageName(string Name, string Tag)
{
    /// <summary>Whether it is built from this repository.</summary>
    public bool IsOurs => Name.StartsWith("imagesearch", StringComparison.Ordinal);

    public static ImageName Parse(string text)
    {
        // A colon before the last slash belongs to a registry's port.
        var colon = text.LastIndexOf(':');
        return colon > text.LastIndexOf('/') ? new ImageName(text[..colon], text[(colon + 1)..]) : new ImageName(text, "");
    }

    public void ShouldNameAVersion()
    {
        Tag.ShouldMatch("[0-9]", $"{Name} has no version");
        Tag.ShouldNotContain("latest");
        if (IsOurs) Tag.ShouldBe(Repository.Version, $"{Name} does not have the version of Directory.Build.props");
    }
}
