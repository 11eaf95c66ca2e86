using System.Text.Json;

namespace ImageSearch.Embedding.Tests.Retrieval;

/// <summary>Pictures to find and pictures to search by: groundtruth.json of a folder, in the form of the evaluation set.</summary>
internal sealed record RetrievalSet(IReadOnlyList<string> Gallery, IReadOnlyList<Query> Queries)
{
    internal static RetrievalSet Read(string folder)
    {
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "groundtruth.json")));
        var gallery = truth.RootElement.GetProperty("gallery").EnumerateArray().ToList();
        var rows = gallery.Select((picture, row) => (Id: picture.GetProperty("id").GetString()!, row)).ToDictionary(g => g.Id, g => g.row);
        return new RetrievalSet(
            [.. gallery.Select(picture => Path.Combine(folder, picture.GetProperty("file").GetString()!))],
            [.. truth.RootElement.GetProperty("queries").EnumerateArray().Select(query => new Query(
                Path.Combine(folder, query.GetProperty("file").GetString()!),
                query.GetProperty("transform").GetString()!,
                rows[query.GetProperty("target").GetString()!]))]);
    }
}

/// <param name="File">The picture.</param>
/// <param name="Kind">How it was made of its target.</param>
/// <param name="Target">The row of the gallery that must be found.</param>
internal sealed record Query(string File, string Kind, int Target);
