using System.Text.Json;

namespace ImageSearch.Api.Tests.Quality;

/// <summary>Pictures to add, and transformed ones to search for them.</summary>
internal sealed record RetrievalSet(string Folder, IReadOnlyList<GalleryPicture> Gallery, IReadOnlyList<QueryPicture> Queries)
{
    /// <summary>The set of this repository.</summary>
    public static RetrievalSet Small { get; } = Read(Path.Combine(AppContext.BaseDirectory, "data", "retrieval"));

    /// <summary>Reads a folder with <c>groundtruth.json</c>.</summary>
    public static RetrievalSet Read(string folder)
    {
        using var file = File.OpenRead(Path.Combine(folder, "groundtruth.json"));
        var truth = JsonSerializer.Deserialize<GroundTruth>(file, JsonSerializerOptions.Web)!;
        return new RetrievalSet(folder, truth.Gallery, truth.Queries);
    }

    public Task<byte[]> BytesAsync(string file, CancellationToken cancellationToken) =>
        File.ReadAllBytesAsync(Path.Combine(Folder, file), cancellationToken);

    private sealed record GroundTruth(IReadOnlyList<GalleryPicture> Gallery, IReadOnlyList<QueryPicture> Queries);
}

/// <summary>A picture to add.</summary>
internal sealed record GalleryPicture(string Id, string File);

/// <summary>A query picture, its transform, and the id of the picture that it was made from.</summary>
internal sealed record QueryPicture(string File, string Transform, string Target);
