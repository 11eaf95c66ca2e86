using System.Buffers;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures.Whole;
using ImageSearch.Embedding.Resampling;
using ImageSearch.Embedding.Vips;
using NetVips;

namespace ImageSearch.Embedding.Pictures;

/// <summary>Turns a picture, or a box of it, into the pixels that the network sees. Has no state: any thread may use it.</summary>
internal sealed class PictureDecoder(InputSpec input)
{
    // Rows computed at a time: a call costs some microseconds, and the rows lie in the processor's cache until they are resampled.
    private const int RowsPerRead = 16;

    // libvips fails on a loader's warning when it goes on to the next strip of 8 rows: not on one of the last.
    private const int LastRows = 24;

    // NetVips starts libvips as soon as code that uses it is compiled.
    static PictureDecoder() => VipsLibrary.EnsureStarted();

    /// <summary>Bytes of the network's input: three a pixel, red, green and blue, row by row.</summary>
    internal int PixelBytes { get; } = input.Width * input.Height * 3;

    /// <summary>Decodes, turns upright, brings to sRGB on white, scales and places.</summary>
    /// <param name="file">The file's bytes; pinned only during the call.</param>
    /// <param name="header">Its header.</param>
    /// <param name="box">The part to look at, in the upright picture; null for all of it.</param>
    /// <param name="pixels">Takes <see cref="PixelBytes"/> bytes.</param>
    /// <returns>Why the picture does not decode, or null.</returns>
    internal Failure? Decode(ReadOnlySpan<byte> file, PictureHeader header, PixelBox? box, Span<byte> pixels)
    {
        PictureReading? reading = null;
        return Decode(file, header, ref reading, box, pixels, check: null);
    }

    /// <summary>As the other, for one of several views of a file.</summary>
    /// <param name="file">The file's bytes; pinned only during the call.</param>
    /// <param name="header">Its header.</param>
    /// <param name="reading">How the file is read, known from the view before; null before the first, which judges the file for all of them.</param>
    /// <param name="box">The part to look at, in the upright picture; null for all of it.</param>
    /// <param name="pixels">Takes <see cref="PixelBytes"/> bytes.</param>
    /// <param name="check">Called every few rows; ends the work by an exception.</param>
    internal Failure? Decode(
        ReadOnlySpan<byte> file, PictureHeader header, ref PictureReading? reading, PixelBox? box, Span<byte> pixels, Action? check)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, PixelBytes);
        var first = reading ?? PictureReading.Of(header, file);
        reading = first;
        if (first.Refusal is { } refusal) return refusal;
        if (TryDecode(first.Copy ?? file, first.FailOn, header, box, pixels, check, out var doubtful))
            return doubtful && !first.IsJudged && box is null ? PictureReading.Again(header.Type, file)?.Refusal : null;
        if (first.IsJudged || PictureReading.Again(header.Type, file) is not { } again) return PictureFailure.Unreadable(header.Type, file);
        reading = again;
        if (again.Refusal is not null) return again.Refusal;
        return TryDecode(again.Copy ?? file, again.FailOn, header, box, pixels, check, out _) ? null : PictureFailure.Unreadable(header.Type, file);
    }

    private unsafe bool TryDecode(
        ReadOnlySpan<byte> file, Enums.FailOn failOn, PictureHeader header, PixelBox? box, Span<byte> pixels, Action? check, out bool doubtful)
    {
        doubtful = false;
        try
        {
            fixed (byte* pin = file) doubtful = DecodePinned(file, failOn, header, box, pixels, check);
            return true;
        }
        catch (VipsException)
        {
            return false;
        }
    }

    // Whether a loader may have warned of the last rows, where a warning is no failure yet.
    private bool DecodePinned(
        ReadOnlySpan<byte> pinned, Enums.FailOn failOn, PictureHeader header, PixelBox? box, Span<byte> pixels, Action? check)
    {
        var seen = box ?? new PixelBox(0, 0, header.Width, header.Height);
        var placement = Placement.Of(input, seen.Width, seen.Height);
        var scaled = header.Orientation.SwapsAxes
            ? (Width: placement.ScaledHeight, Height: placement.ScaledWidth)
            : (Width: placement.ScaledWidth, Height: placement.ScaledHeight);
        var stored = header.Orientation.ToStored(seen, header.StoredWidth, header.StoredHeight);

        using var scope = new VipsScope();
        var pipeline = new PixelPipeline(scope);
        var loaded = scope.Keep(PictureFile.Open(header.Type, pinned, LoadShrink.For((stored.Width, stored.Height), scaled), failOn));
        var colours = pipeline.ToRgb(pipeline.OnWhite(pipeline.Cut(loaded, stored, header)), out var profile);

        var visible = placement.VisibleIn(input);
        var target = new UprightTarget(header.Orientation, placement, scaled.Width, scaled.Height, input.Width);
        var toSee = header.Orientation.ToStored(visible, scaled.Width, scaled.Height);
        var doubtful = Resample(colours, scaled, toSee, target, toEnd: box is null, pixels, check);
        if (profile is not null) pipeline.ApplyProfile(profile, input.Width, input.Height, pixels);
        // Last, for a profile would change its colour.
        if (visible.Width != input.Width || visible.Height != input.Height) PadAround(placement, pixels);
        return doubtful;
    }

    private bool Resample(
        Image image, (int Width, int Height) scaled, PixelBox window, UprightTarget target, bool toEnd, Span<byte> pixels, Action? check)
    {
        var (width, height) = (image.Width, image.Height);
        using var resampler = new Resampler((width, height), scaled, window, input.Filter);
        using var region = Region.New(image);
        var rowBytes = width * 3;
        var strip = ArrayPool<byte>.Shared.Rent((rowBytes * RowsPerRead) + 1);
        var result = ArrayPool<byte>.Shared.Rent(resampler.ResultBytes);
        try
        {
            var y = window.Top;
            var end = 0;
            int? nearEnd = null;
            while (!resampler.IsDone || (toEnd && end < height))
            {
                check?.Invoke();
                // Rows below those that are wanted are read too: a file that lacks them is refused.
                var top = resampler.IsDone ? end : resampler.NextRow;
                var rows = Math.Min(RowsPerRead, height - top);
                if (top + rows > height - LastRows) nearEnd ??= VipsErrors.Now;
                region.Read(top, width, rows, strip.AsSpan(0, rowBytes * rows));
                end = top + rows;
                for (var row = 0; row < rows && !resampler.IsDone; row++)
                {
                    resampler.Add(strip.AsSpan(row * rowBytes, rowBytes + 1));
                    while (resampler.TryTake(result)) target.Place(result.AsSpan(0, window.Width * 3), window.Left, y++, pixels);
                }
            }

            return nearEnd is { } moment && VipsErrors.MayBeSince(moment);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(strip);
            ArrayPool<byte>.Shared.Return(result);
        }
    }

    private void PadAround(Placement placement, Span<byte> pixels)
    {
        for (var y = 0; y < input.Height; y++)
        {
            var row = pixels.Slice(y * input.Width * 3, input.Width * 3);
            if (y < placement.Top || y >= placement.Top + placement.ScaledHeight)
            {
                Pad(row);
                continue;
            }

            Pad(row[..(Math.Max(0, placement.Left) * 3)]);
            Pad(row[(Math.Min(input.Width, placement.Left + placement.ScaledWidth) * 3)..]);
        }
    }

    private void Pad(Span<byte> part)
    {
        for (var at = 0; at < part.Length; at++) part[at] = input.Pad[at % 3];
    }
}
