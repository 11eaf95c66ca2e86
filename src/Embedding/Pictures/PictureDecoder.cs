using System.Buffers;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Vips;

namespace ImageSearch.Embedding.Pictures;

/// <summary>Turns a picture, or a box of it, into the pixels that the network sees. Has no state: any thread may use it.</summary>
internal sealed class PictureDecoder(InputSpec input)
{
    // Rows computed at a time: few enough for the decoded lines they need to stay in the cache.
    private const int RowsPerRead = 16;

    /// <summary>Bytes of the network's input: three a pixel, red, green and blue, row by row.</summary>
    internal int PixelBytes { get; } = input.Width * input.Height * 3;

    /// <summary>Decodes, turns upright, brings to sRGB on white, scales and places.</summary>
    /// <param name="file">The file's bytes; pinned only during the call.</param>
    /// <param name="header">Its header.</param>
    /// <param name="box">The part to look at, in the upright picture; null for all of it.</param>
    /// <param name="pixels">Takes <see cref="PixelBytes"/> bytes.</param>
    /// <returns>Why the picture does not decode, or null.</returns>
    internal unsafe Failure? Decode(ReadOnlySpan<byte> file, PictureHeader header, PixelBox? box, Span<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, PixelBytes);
        var seen = box ?? new PixelBox(0, 0, header.Width, header.Height);
        var placement = Placement.Of(input, seen.Width, seen.Height);
        try
        {
            fixed (byte* pin = file)
            {
                using var scaled = Scale(file, header, seen, placement);
                Place(scaled, header.Orientation, placement, pixels);
            }

            return null;
        }
        catch (VipsException)
        {
            return PictureFailure.Unreadable(header.Type, file);
        }
    }

    private VipsImage Scale(ReadOnlySpan<byte> pinned, PictureHeader header, PixelBox seen, Placement placement)
    {
        var (width, height) = header.Orientation.SwapsAxes
            ? (placement.ScaledHeight, placement.ScaledWidth)
            : (placement.ScaledWidth, placement.ScaledHeight);
        var stored = header.Orientation.ToStored(seen, header.StoredWidth, header.StoredHeight);
        var shrink = LoadShrink.For((stored.Width, stored.Height), (width, height));

        using var loaded = PictureFile.Open(header.Type, pinned, shrink);
        using var part = PixelPipeline.Cut(loaded, stored, header);
        using var opaque = PixelPipeline.OnWhite(part);
        // Scaled first, for then few pixels are left to convert; the network was taught with pictures scaled in their own colours, too.
        using var scaled = PixelPipeline.Resize(opaque, width, height, input.Filter);
        return PixelPipeline.ToSrgb(scaled);
    }

    private void Place(VipsImage scaled, Orientation orientation, Placement placement, Span<byte> pixels)
    {
        var visible = placement.VisibleIn(input);
        if (visible.Width != input.Width || visible.Height != input.Height) Fill(pixels);

        var window = orientation.ToStored(visible, scaled.Width, scaled.Height);
        var rowBytes = window.Width * 3;
        var strip = ArrayPool<byte>.Shared.Rent(rowBytes * RowsPerRead);
        try
        {
            using var region = new VipsRegion(scaled);
            for (var top = window.Top; top < window.Bottom; top += RowsPerRead)
            {
                var rows = Math.Min(RowsPerRead, window.Bottom - top);
                region.Read(window.Left, top, window.Width, rows, strip.AsSpan(0, rowBytes * rows));
                for (var row = 0; row < rows; row++)
                {
                    var (x, y) = orientation.ToSeen(window.Left, top + row, scaled.Width, scaled.Height);
                    var (nextX, nextY) = orientation.ToSeen(window.Left + 1, top + row, scaled.Width, scaled.Height);
                    var at = (((placement.Top + y) * input.Width) + placement.Left + x) * 3;
                    var step = (((nextY - y) * input.Width) + nextX - x) * 3;
                    CopyRow(strip.AsSpan(row * rowBytes, rowBytes), pixels, at, step);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(strip);
        }
    }

    private static void CopyRow(ReadOnlySpan<byte> row, Span<byte> pixels, int at, int step)
    {
        if (step == 3)
        {
            row.CopyTo(pixels[at..]);
            return;
        }

        for (var from = 0; from < row.Length; from += 3, at += step)
            row.Slice(from, 3).CopyTo(pixels[at..]);
    }

    private void Fill(Span<byte> pixels)
    {
        for (var at = 0; at < pixels.Length; at++) pixels[at] = input.Pad[at % 3];
    }
}
