using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Inference;

/// <summary>The connected parts of a saliency map.</summary>
internal static class SaliencyComponents
{
    /// <summary>The largest value.</summary>
    internal static float Peak(ReadOnlySpan<float> map)
    {
        var peak = float.NegativeInfinity;
        foreach (var value in map) peak = Math.Max(peak, value);
        return peak;
    }

    /// <summary>
    /// Returns the bounding box, in cells, of the heaviest component and those of similar mass; null if there is no component.
    /// </summary>
    /// <param name="map">Rows of cells.</param>
    /// <param name="grid">Cells per side.</param>
    /// <param name="threshold">Cells above this value belong to a component.</param>
    /// <param name="keepMass">The fraction of the largest mass that a component must have.</param>
    internal static PixelBox? BoxOfHeavy(ReadOnlySpan<float> map, int grid, float threshold, float keepMass)
    {
        var components = new List<(float Mass, PixelBox Box)>();
        var labels = new int[map.Length];
        var stack = new Stack<int>();
        for (var cell = 0; cell < map.Length; cell++)
        {
            if (labels[cell] == 0 && map[cell] > threshold)
                components.Add(Flood(map, grid, threshold, labels, components.Count + 1, cell, stack));
        }

        if (components.Count == 0) return null;
        var minMass = keepMass * components.Max(component => component.Mass);
        var kept = components.Where(component => component.Mass >= minMass).Select(component => component.Box).ToList();
        return new PixelBox(kept.Min(b => b.Left), kept.Min(b => b.Top), kept.Max(b => b.Right), kept.Max(b => b.Bottom));
    }

    private static (float Mass, PixelBox Box) Flood(
        ReadOnlySpan<float> map, int grid, float threshold, int[] labels, int label, int start, Stack<int> stack)
    {
        var box = new PixelBox(grid, grid, 0, 0);
        labels[start] = label;
        stack.Push(start);
        while (stack.TryPop(out var cell))
        {
            var (y, x) = Math.DivRem(cell, grid);
            box = new PixelBox(Math.Min(box.Left, x), Math.Min(box.Top, y), Math.Max(box.Right, x + 1), Math.Max(box.Bottom, y + 1));
            for (var ny = Math.Max(0, y - 1); ny <= Math.Min(grid - 1, y + 1); ny++)
            {
                for (var nx = Math.Max(0, x - 1); nx <= Math.Min(grid - 1, x + 1); nx++)
                {
                    var next = (ny * grid) + nx;
                    if (labels[next] != 0 || !(map[next] > threshold)) continue;
                    labels[next] = label;
                    stack.Push(next);
                }
            }
        }

        // Summed in double: the float32 sums of the reference differ by less than one part in a million, which changes none of the 128
        // cases.
        double mass = 0;
        for (var cell = start; cell < labels.Length; cell++)
        {
            if (labels[cell] == label) mass += map[cell];
        }

        return ((float)mass, box);
    }
}
