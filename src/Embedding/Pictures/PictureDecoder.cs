using System.Buffers;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures.Completeness;
using ImageSearch.Embedding.Pictures.Thumbnails;
using ImageSearch.Embedding.Resampling;
using ImageSearch.Embedding.Vips;
using NetVips;

namespace ImageSearch.Embedding.Pictures;

/// <summary>Decodes a picture, or a box of it, to the input pixels of the network. Stateless and thread-safe.</summary>
internal sealed class PictureDecoder(InputSpec input)
{
    // Rows per read: a call costs a few microseconds, and the rows should stay in the cache until they are resampled.
    private const int RowsPerRead = 16;

    // libvips fails on a warning of a loader when it reads the next strip of 8 rows, so not on a warning in the last strips.
    private const int LastRows = 24;

    // NetVips starts libvips as soon as code that uses it is JIT-compiled.
    static PictureDecoder() => VipsLibrary.EnsureStarted();

    /// <summary>Bytes of the network's input: three per pixel, red, green and blue, row by row.</summary>
    internal int PixelBytes { get; } = input.Width * input.Height * 3;

    /// <summary>Decodes, rotates upright, converts to sRGB on white, scales and places a picture.</summary>
    /// <param name="file">The file's bytes; pinned only during the call.</param>
    /// <param name="header">Its header.</param>
    /// <param name="box">The part to decode, in the upright picture; null for all of it.</param>
    /// <param name="pixels">Receives <see cref="PixelBytes"/> bytes.</param>
    /// <returns>The failure, or null if the picture is decoded.</returns>
    internal Failure? Decode(ReadOnlySpan<byte> file, PictureHeader header, PixelBox? box, Span<byte> pixels)
    {
        DecodePlan? plan = null;
        return Decode(file, header, ref plan, box, pixels, check: null);
    }

    /// <summary>Decodes one of several views of a file.</summary>
    /// <param name="file">The file's bytes; pinned only during the call.</param>
    /// <param name="header">Its header.</param>
    /// <param name="plan">The plan of the previous view; null before the first view, which decides it for all views.</param>
    /// <param name="box">The part to decode, in the upright picture; null for all of it.</param>
    /// <param name="pixels">Receives <see cref="PixelBytes"/> bytes.</param>
    /// <param name="check">Called every few rows; stops the work by an exception.</param>
    /// <param name="thumbnail">Makes the thumbnail, of the whole picture only; null for none.</param>
    internal Failure? Decode(
        ReadOnlySpan<byte> file,
        PictureHeader header,
        ref DecodePlan? plan,
        PixelBox? box,
        Span<byte> pixels,
        Action? check,
        ThumbnailMaker? thumbnail = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, PixelBytes);
        var isFirst = plan is null;
        var first = plan ?? DecodePlan.Of(header, file);
        plan = first;
        if (first.Rejection is { } rejection) return rejection;
        if (TryDecode(first.Copy ?? file, first.FailOn, header, box, pixels, check, thumbnail, out var doubtful))
            return doubtful && !first.IsVerified && isFirst ? DecodePlan.Retry(header.Type, file)?.Rejection : null;
        if (first.IsVerified || DecodePlan.Retry(header.Type, file) is not { } retry) return PictureFailure.Unreadable(header.Type, file);
        plan = retry;
        if (retry.Rejection is not null) return retry.Rejection;
        return TryDecode(retry.Copy ?? file, retry.FailOn, header, box, pixels, check, thumbnail, out _) ? null : PictureFailure.Unreadable(header.Type, file);
    }

    private unsafe bool TryDecode(
        ReadOnlySpan<byte> file,
        Enums.FailOn failOn,
        PictureHeader header,
        PixelBox? box,
        Span<byte> pixels,
        Action? check,
        ThumbnailMaker? thumbnail,
        out bool doubtful)
    {
        doubtful = false;
        try
        {
            fixed (byte* pin = file) doubtful = DecodePinned(file, failOn, header, box, pixels, check, thumbnail);
            return true;
        }
        catch (VipsException)
        {
            return false;
        }
    }

    // Returns whether a loader may have warned about the last rows, where a warning is not yet a failure.
    private bool DecodePinned(
        ReadOnlySpan<byte> pinned,
        Enums.FailOn failOn,
        PictureHeader header,
        PixelBox? box,
        Span<byte> pixels,
        Action? check,
        ThumbnailMaker? thumbnail)
    {
        var seen = box ?? new PixelBox(0, 0, header.Width, header.Height);
        var placement = Placement.Of(input, seen.Width, seen.Height);
        var scaled = header.Orientation.SwapsAxes
            ? (Width: placement.ScaledHeight, Height: placement.ScaledWidth)
            : (Width: placement.ScaledWidth, Height: placement.ScaledHeight);
        var stored = header.Orientation.ToStored(seen, header.StoredWidth, header.StoredHeight);

        using var scope = new VipsScope();
        var pipeline = new PixelPipeline(scope);
        var shrink = LoadShrink.For((stored.Width, stored.Height), scaled, input.MinOversampling);
        var loaded = scope.Keep(PictureFile.Open(header.Type, pinned, shrink, failOn));
        var colours = pipeline.ToRgb(pipeline.OnWhite(pipeline.Crop(loaded, stored, header)), out var profile);

        var visible = placement.VisibleIn(input);
        var target = new UprightTarget(header.Orientation, placement, scaled.Width, scaled.Height, input.Width);
        var window = header.Orientation.ToStored(visible, scaled.Width, scaled.Height);
        var isThumbnail = thumbnail is not null && ThumbnailMaker.IsThumbnail(placement, input, header);
        var rows = isThumbnail ? null : thumbnail;
        rows?.Begin(header, (colours.Width, colours.Height));
        var doubtful = Resample(colours, scaled, window, target, toEnd: box is null, pixels, check, rows);
        if (profile is not null)
        {
            pipeline.ApplyProfile(profile, input.Width, input.Height, pixels);
            rows?.ApplyProfile(pipeline, profile);
        }

        if (isThumbnail) thumbnail!.Take(pixels, input.Width, placement);
        // After the profile, which would change the pad color.
        if (visible.Width != input.Width || visible.Height != input.Height) PadAround(placement, pixels);
        return doubtful;
    }

    private bool Resample(
        Image image,
        (int Width, int Height) scaled,
        PixelBox window,
        UprightTarget target,
        bool toEnd,
        Span<byte> pixels,
        Action? check,
        ThumbnailMaker? thumbnail)
    {
        var height = image.Height;
        using var resampler = new Resampler((image.Width, height), scaled, window, input.Filter);
        using var strip = new RowStrip(image, Math.Min(RowsPerRead, height));
        var scratch = ArrayPool<byte>.Shared.Rent(resampler.ResultBytes);
        try
        {
            var y = window.Top;
            var end = 0;
            int? nearEnd = null;
            while (!resampler.IsDone || (toEnd && end < height))
            {
                check?.Invoke();
                // Rows below the window are read too, to reject a file that lacks them; those above it for a thumbnail only.
                var top = resampler.IsDone || thumbnail is not null ? end : resampler.NextRow;
                var rows = Math.Min(RowsPerRead, height - top);
                if (top + rows > height - LastRows) nearEnd ??= VipsErrors.Now;
                strip.Read(top, rows);
                end = top + rows;
                for (var row = 0; row < rows && (thumbnail is not null || !resampler.IsDone); row++)
                {
                    thumbnail?.Add(strip.Row(row));
                    if (resampler.IsDone || top + row != resampler.NextRow) continue;
                    resampler.Add(strip.Row(row));
                    while (TryTake(resampler, target, window, y, scratch, pixels)) y++;
                }
            }

            return nearEnd is { } moment && VipsErrors.MayExistSince(moment);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static bool TryTake(Resampler resampler, UprightTarget target, PixelBox window, int y, Span<byte> scratch, Span<byte> pixels)
    {
        if (resampler.IsDone) return false;
        var inPlace = target.InPlace(window.Left, y, pixels);
        if (inPlace.Length >= resampler.ResultBytes) return resampler.TryTake(inPlace);
        if (!resampler.TryTake(scratch)) return false;
        target.Place(scratch[..(window.Width * 3)], window.Left, y, pixels);
        return true;
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
