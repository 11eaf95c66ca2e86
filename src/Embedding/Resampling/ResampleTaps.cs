using System.Buffers;
using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Resampling;

/// <summary>
/// The source pixels of each result pixel of an axis, and their weights as fixed-point numbers. The rounding equals Pillow's to the bit, so
/// that the network gets a picture as in training.
/// </summary>
internal sealed class ResampleTaps : IDisposable
{
    /// <summary>Fractional bits of a weight: the rest of 32 bits after 8 bits of value and 2 of headroom.</summary>
    internal const int Precision = 32 - 8 - 2;

    private readonly int[] _weights;
    private readonly (int First, int Count)[] _spans;

    /// <param name="from">Source pixels.</param>
    /// <param name="to">Result pixels of the whole axis.</param>
    /// <param name="first">The first result pixel.</param>
    /// <param name="last">The result pixel after the last one.</param>
    /// <param name="filter">The kernel.</param>
    internal ResampleTaps(int from, int to, int first, int last, ResizeFilter filter)
    {
        var scale = (double)from / to;
        var stretch = Math.Max(scale, 1);
        var reach = ResampleKernel.Reach(filter) * stretch;
        MaxCount = ((int)Math.Ceiling(reach) * 2) + 1;
        Length = last - first;
        _spans = ArrayPool<(int, int)>.Shared.Rent(Length);
        _weights = ArrayPool<int>.Shared.Rent(Length * MaxCount);
        var exact = ArrayPool<double>.Shared.Rent(MaxCount);
        for (var i = 0; i < Length; i++)
        {
            var centre = (first + i + 0.5) * scale;
            var start = Math.Max(0, (int)(centre - reach + 0.5));
            var count = Math.Min(from, (int)(centre + reach + 0.5)) - start;
            _spans[i] = (start, count);
            Weigh(exact.AsSpan(0, count), start - centre + 0.5, stretch, filter, _weights.AsSpan(i * MaxCount, count));
        }

        ArrayPool<double>.Shared.Return(exact);
    }

    /// <summary>The greatest number of source pixels of a result pixel.</summary>
    internal int MaxCount { get; }

    /// <summary>The number of result pixels.</summary>
    internal int Length { get; }

    /// <summary>The first source pixel of a result pixel.</summary>
    internal int First(int i) => _spans[i].First;

    /// <summary>The source pixel after the last one of a result pixel.</summary>
    internal int End(int i) => _spans[i].First + _spans[i].Count;

    /// <summary>The weights of a result pixel's source pixels.</summary>
    internal ReadOnlySpan<int> Weights(int i) => _weights.AsSpan(i * MaxCount, _spans[i].Count);

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<(int, int)>.Shared.Return(_spans);
        ArrayPool<int>.Shared.Return(_weights);
    }

    private static void Weigh(Span<double> exact, double distance, double stretch, ResizeFilter filter, Span<int> weights)
    {
        double sum = 0;
        for (var tap = 0; tap < exact.Length; tap++)
        {
            exact[tap] = ResampleKernel.At(filter, (tap + distance) / stretch);
            sum += exact[tap];
        }

        for (var tap = 0; tap < exact.Length; tap++)
        {
            var weight = exact[tap] / sum * (1 << Precision);
            weights[tap] = (int)(weight < 0 ? weight - 0.5 : weight + 0.5);
        }
    }
}
