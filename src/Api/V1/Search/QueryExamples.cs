using ImageSearch.Api.V1.Problems;

namespace ImageSearch.Api.V1.Search;

/// <summary>The examples of a search with their vectors.</summary>
/// <param name="model">The table's model.</param>
/// <param name="views">The views of pictures.</param>
/// <param name="wantsBoxes">Whether to find the boxes of main objects.</param>
internal sealed class QueryExamples(ModelIdentity model, PictureViews views, bool wantsBoxes)
{
    private readonly List<QueryExample> _examples = [];

    public IReadOnlyList<QueryExample> Examples => _examples;

    /// <summary>The vectors of the pictures among the examples.</summary>
    public IEnumerable<PictureVectors> Pictures { get; private set; } = [];

    /// <summary>Whether a vector did not have unit length.</summary>
    public bool IsNormalised { get; private set; }

    /// <summary>How long the slowest fetch took; they run concurrently.</summary>
    public TimeSpan Fetch { get; private set; }

    /// <summary>How long the slowest embedding took.</summary>
    public TimeSpan Embed { get; private set; }

    /// <summary>Embeds the pictures.</summary>
    /// <returns>Null, or why a picture has no vectors.</returns>
    public async Task<Failure?> AddAsync(IReadOnlyList<ExampleInput> examples, QueryEmbeddings embeddings)
    {
        var pictures = await Task.WhenAll(
            examples.Where(example => example.Source is not null).Select(example => embeddings.EmbedAsync(example, model, views, wantsBoxes)));
        var next = 0;
        foreach (var example in examples)
        {
            PictureVectors? vectors = null;
            if (example.Source is not null)
            {
                if (!pictures[next++].TryGet(out var embedded, out var failure)) return Within(failure, example);
                (Fetch, Embed) = (Longer(Fetch, embedded.Fetch), Longer(Embed, embedded.Embed));
                vectors = embedded.Vectors;
            }
            else if (example.Vector is { } vector)
            {
                IsNormalised |= QueryVector.Normalise(vector);
                vectors = new PictureVectors(model, vector);
            }

            _examples.Add(new QueryExample(vectors, example.Item, example.IsNegative));
        }

        Pictures = pictures.Select(picture => picture.Value!.Vectors);
        return null;
    }

    // Equal pictures of several examples are embedded once, so the failure does not know which it is of.
    private static Failure Within(Failure failure, ExampleInput example) =>
        example.Field.LastIndexOf('.') is > 0 and var end ? failure.Within(example.Field[..end]) : failure;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
