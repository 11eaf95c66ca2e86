using System.Numerics.Tensors;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Search;

/// <summary>What to search with.</summary>
/// <param name="Views">One or two vectors of unit length.</param>
/// <param name="Items">Items that are examples; they are no hits of their own search.</param>
internal sealed record ExampleVectors(IReadOnlyList<ReadOnlyMemory<float>> Views, IReadOnlySet<long> Items)
{
    /// <summary>Reads the vectors of examples.</summary>
    /// <returns>The vectors, or why the examples can't be used.</returns>
    public static async Task<Result<ExampleVectors>> ReadAsync(
        IItemCatalog catalog, TableRecord table, IReadOnlyList<QueryExample> examples, CancellationToken cancellationToken)
    {
        if (examples.Count is 0 or > ItemQuery.MaxExamples)
            return Invalid($"examples must be 1 to {ItemQuery.MaxExamples}, there are {examples.Count}");
        if (examples.All(example => example.IsNegative)) return Invalid("examples need at least one that is positive");

        var pictures = new PictureVectors[examples.Count];
        var items = new HashSet<long>();
        for (var i = 0; i < pictures.Length; i++)
        {
            var read = await ReadAsync(catalog, table, examples[i], items, cancellationToken);
            if (!read.TryGet(out var picture, out var failure)) return failure with { Field = $"examples[{i}]" };
            pictures[i] = picture;
        }

        if (pictures is [var only])
            return new ExampleVectors(only.ToViews(), items);
        return Average(examples, pictures) is { } average
            ? new ExampleVectors([average], items)
            : Invalid("the examples cancel each other out: their average has no direction");
    }

    private static async Task<Result<PictureVectors>> ReadAsync(
        IItemCatalog catalog, TableRecord table, QueryExample example, HashSet<long> items, CancellationToken cancellationToken)
    {
        if (example.Vectors is { } picture) return picture;
        if (example.Item is not { } reference)
            return new Failure(FailureCode.RequestInvalid, "an example needs a picture, a vector or an item");
        var found = await catalog.FindItemAsync(table.Generation, reference, table.Model, cancellationToken);
        if (!found.TryGet(out var item, out var failure) && failure is not null) return failure;
        if (item is null) return new Failure(FailureCode.ItemNotFound, $"the example does not exist: no item has {reference}");
        items.Add(item.Id);
        return item.Vectors is { } vectors
            ? vectors
            : new Failure(FailureCode.PictureHasNoVector, $"the example has no usable vector: the item with {reference}");
    }

    // The "average vector" strategy of Qdrant's recommendations (lib/collection/src/recommendations.rs): 2 · mean(positive) − mean(negative).
    // Main objects are left out: an average of views of different pictures is no view of any.
    private static float[]? Average(IReadOnlyList<QueryExample> examples, PictureVectors[] pictures)
    {
        var average = new float[pictures[0].Whole.Length];
        var negatives = examples.Count(example => example.IsNegative);
        var positives = examples.Count - negatives;
        for (var i = 0; i < pictures.Length; i++)
        {
            var weight = examples[i].IsNegative ? -1f / negatives : (negatives == 0 ? 1f : 2f) / positives;
            TensorPrimitives.MultiplyAdd(pictures[i].Whole.Span, weight, average, average);
        }

        // A sum of opposite vectors is zero but for rounding.
        const float MinLength = 1e-3f;
        var length = TensorPrimitives.Norm(average);
        if (!(length > MinLength)) return null;
        TensorPrimitives.Divide(average, length, average);
        return average;
    }

    private static Failure Invalid(string message) => new(FailureCode.RequestInvalid, message);
}
