using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Inference;

/// <summary>Converts RGB bytes to a tensor of another layout, channel order or type.</summary>
/// <typeparam name="T">The type of the tensor.</typeparam>
internal sealed class TensorPacking<T>
    where T : unmanaged
{
    private readonly T[][] _tables;
    private readonly int[] _starts;
    private readonly int _stride;

    /// <param name="input">The format of the tensor.</param>
    /// <param name="value">Converts a byte of a channel (0 red, 1 green, 2 blue); called once for each combination.</param>
    internal TensorPacking(InputSpec input, Func<int, int, T> value)
    {
        (_stride, var channelStride) = input.Layout == TensorLayout.Nchw ? (1, input.Width * input.Height) : (3, 1);
        _starts = [.. Enumerable.Range(0, 3).Select(channel => (input.Channels == ChannelOrder.Rgb ? channel : 2 - channel) * channelStride)];
        _tables = [.. Enumerable.Range(0, 3).Select(channel => Enumerable.Range(0, 256).Select(level => value(level, channel)).ToArray())];
    }

    /// <summary>Packs one picture.</summary>
    /// <param name="pixels">Red, green and blue, row by row.</param>
    /// <param name="tensor">Receives as many values.</param>
    internal void Pack(ReadOnlySpan<byte> pixels, Span<T> tensor)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var table = _tables[channel];
            var to = _starts[channel];
            for (var from = channel; from < pixels.Length; from += 3, to += _stride)
                tensor[to] = table[pixels[from]];
        }
    }
}
