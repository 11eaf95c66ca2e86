using ImageSearch.Api.Pictures;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Fetching;

namespace ImageSearch.Api.V1.Items;

/// <summary>The fields of an item that a request has.</summary>
/// <param name="Source">The picture; null if there is none.</param>
/// <param name="Texts">The texts, without attributes and key.</param>
/// <param name="Set">The names of the fields that are given, also of those that are null.</param>
/// <param name="Attributes">The JSON of the attributes; null if they are missing or null.</param>
internal sealed record ItemInput(PictureSource? Source, PictureTexts Texts, IReadOnlyList<string> Set, ReadOnlyMemory<byte>? Attributes)
{
    /// <summary>The members of an item that is put.</summary>
    public static readonly string[] Known = ["image", "url", "server_path", "product_id", "path", "tags", "brief", "attributes"];

    /// <summary>The names of texts among <see cref="Known"/>.</summary>
    public static readonly string[] Fields = ["tags", "brief", "path", "product_id"];

    /// <summary>Whether the attributes are given, also if they are null.</summary>
    public bool HasAttributes => Set.Contains("attributes");

    /// <summary>Reads the fields.</summary>
    /// <param name="members">The members.</param>
    /// <param name="upload">An uploaded file.</param>
    /// <param name="abandon">Called if a message to another process may hold the request's bytes.</param>
    public static Result<ItemInput> Read(Members members, ReadOnlyMemory<byte>? upload, Action abandon)
    {
        if (!members.Text("product_id", PictureTexts.MaxProductIdLength).TryGet(out var productId, out var failure)) return failure;
        if (!members.Text("path", PictureTexts.MaxFilePathLength).TryGet(out var path, out failure)) return failure;
        if (!members.Text("tags", PictureTexts.MaxTagsLength).TryGet(out var tags, out failure)) return failure;
        if (!members.Text("brief", PictureTexts.MaxBriefLength).TryGet(out var brief, out failure)) return failure;
        if (!members.Object("attributes").TryGet(out var attributes, out failure)) return failure;
        if (!PictureInput.Read(members, upload, abandon).TryGet(out var source, out failure)) return failure;
        var set = Fields.Append("attributes").Where(members.Contains).ToList();
        if (!members.Contains("path") && (Origin(source) is not null || members.Contains("url")))
        {
            // The picture's address is its location. A url of null removes it.
            path = Origin(source) is { } origin ? StoredPath.Of(origin) : null;
            set.Add("path");
        }

        var texts = new PictureTexts(tags, brief, Key: null, path) { ProductId = productId };
        return new ItemInput(source, texts, set, attributes);
    }

    private static string? Origin(PictureSource? source) => source switch
    {
        PictureSource.Url url => url.Address,
        PictureSource.ServerFile file => file.Path,
        _ => null,
    };
}
