using System.Numerics;
using ImageSearch.Embedding.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ImageSearch.Embedding.Inference;

/// <summary>The shapes of a network's tensors for one picture, checked against its manifest.</summary>
/// <param name="InputShape">The input.</param>
/// <param name="EmbeddingShape">The vector.</param>
/// <param name="SaliencyShape">The saliency map; empty if there is none.</param>
/// <param name="TakesBatches">Whether the graph takes any number of pictures.</param>
internal sealed record EmbeddingGraph(long[] InputShape, long[] EmbeddingShape, long[] SaliencyShape, bool TakesBatches)
{
    /// <summary>Reads the shapes from the graph.</summary>
    /// <exception cref="ModelException">The manifest has other names, types or shapes than the graph.</exception>
    internal static EmbeddingGraph Check(InferenceSession session, ModelManifest manifest)
    {
        var checks = new FieldChecks();
        var input = manifest.Input;
        if (session.InputMetadata.Count != 1) checks.AddError($"the graph has {session.InputMetadata.Count} inputs, must have one");

        long[] expected = input.Layout == TensorLayout.Nhwc ? [1, input.Height, input.Width, 3] : [1, 3, input.Height, input.Width];
        var element = input.Element == TensorElement.UInt8 ? TensorElementType.UInt8 : TensorElementType.Float;
        if (Shape(session.InputMetadata, "input", input.Name, element, checks) is { } dimensions && !Matches(dimensions, expected))
            checks.AddError($"input {input.Layout} of {input.Width} x {input.Height} is {Format(expected)}, the graph's '{input.Name}' is {Format(dimensions)}");

        var embedding = Vector(session, "output", manifest.OutputName, manifest.Identity.Dimension, "output.dimension", checks);
        var saliency = manifest.Saliency is { } map
            ? Vector(session, "saliency", map.Name, map.Grid * map.Grid, "saliency.grid squared", checks)
            : [];
        return checks.Errors.Count == 0
            ? new EmbeddingGraph(expected, embedding, saliency, session.InputMetadata[input.Name].Dimensions[0] <= 0)
            : throw new ModelException($"the manifest does not fit {manifest.File}: {string.Join("; ", checks.Errors)}");
    }

    // An axis of unknown size is 1. If only the second axis of a vector is unknown, it has the values of the manifest.
    private static long[] Vector(InferenceSession session, string field, string name, int values, string valuesField, FieldChecks checks)
    {
        if (Shape(session.OutputMetadata, field, name, TensorElementType.Float, checks) is not { } dimensions) return [];
        long[] shape = [.. dimensions.Select(d => (long)Math.Max(d, 1))];
        if (dimensions is [_, -1]) shape[1] = values;
        if (shape.Aggregate(1L, (product, d) => product * d) != values || shape is not [1, ..])
            checks.AddError($"{valuesField} is {values}, the graph's '{name}' is {Format(dimensions)}");
        return shape;
    }

    private static int[]? Shape(
        IReadOnlyDictionary<string, NodeMetadata> nodes, string field, string name, TensorElementType element, FieldChecks checks)
    {
        if (!nodes.TryGetValue(name, out var node))
        {
            checks.AddError($"{field}.name is '{name}', the graph has {string.Join(", ", nodes.Keys.Select(key => $"'{key}'"))}");
            return null;
        }

        if (!node.IsTensor || node.ElementDataType != element)
        {
            checks.AddError($"{field} must be a tensor of {element}, the graph's '{name}' is {(node.IsTensor ? node.ElementDataType : node.OnnxValueType)}");
            return null;
        }

        return node.Dimensions;
    }

    private static bool Matches(int[] dimensions, long[] expected) =>
        dimensions.Length == expected.Length && dimensions.Zip(expected).All(axis => axis.First <= 0 || axis.First == axis.Second);

    private static string Format<T>(IEnumerable<T> dimensions)
        where T : INumber<T> =>
        $"[{string.Join(", ", dimensions.Select(d => d <= T.Zero ? "?" : $"{d}"))}]";
}
