using System.Buffers;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures.Thumbnails.WebP;
using ImageSearch.Embedding.Resampling;
using NetVips;

namespace ImageSearch.Embedding.Pictures.Thumbnails;

/// <summary>
/// Makes the thumbnail of a picture from what is decoded for the network: from the network's input where that shows the whole picture, which
/// costs a copy, otherwise from the decoded rows by a resampler of its own, which takes about 1.4 ms. A profile that can't be applied gives
/// no thumbnail and does not fail the picture. One per lane: its buffer is allocated once, because arrays of
/// this size stay until a full collection.
/// </summary>
internal sealed class ThumbnailMaker : IDisposable
{
    /// <summary>Memory of the buffer, the resampler and the encoder, in bytes, at most.</summary>
    internal const long MaxBytes = 4 << 20;

    // Triangles: half the taps of the network's kernel, and no visible difference at this size.
    private const ResizeFilter Filter = ResizeFilter.Bilinear;

    // Smaller inputs are of models of other owners.
    private const int MinInputSide = 160;

    private readonly byte[] _pixels = GC.AllocateUninitializedArray<byte>(KeptPictures.MaxThumbnailSide * KeptPictures.MaxThumbnailSide * 3);

    private readonly WebPEncoder _encoder = new();

    private byte[] _scratch = [];
    private Resampler? _resampler;
    private UprightTarget _target;
    private (int Width, int Height) _size;
    private int _row;
    private bool _isUsable;

    /// <summary>Whether the network's input is a thumbnail: the whole picture, not enlarged, and not too small.</summary>
    internal static bool IsThumbnail(Placement placement, InputSpec input, PictureHeader header)
    {
        var side = Math.Max(placement.ScaledWidth, placement.ScaledHeight);
        return input.Resize == ResizeMode.Letterbox
            && side is >= MinInputSide and <= KeptPictures.MaxThumbnailSide
            && side <= Math.Max(header.Width, header.Height);
    }

    /// <summary>Takes the thumbnail from the network's input.</summary>
    /// <param name="pixels">The input, in sRGB.</param>
    /// <param name="inputWidth">Its columns.</param>
    /// <param name="placement">Where the picture is in it.</param>
    internal void Take(ReadOnlySpan<byte> pixels, int inputWidth, Placement placement)
    {
        Dispose();
        _size = (placement.ScaledWidth, placement.ScaledHeight);
        var bytes = _size.Width * 3;
        for (var y = 0; y < _size.Height; y++)
            pixels.Slice((((placement.Top + y) * inputWidth) + placement.Left) * 3, bytes).CopyTo(_pixels.AsSpan(y * bytes));
        _isUsable = true;
    }

    /// <summary>Begins a thumbnail that is made of the decoded rows.</summary>
    /// <param name="header">The picture.</param>
    /// <param name="read">The size of the rows that are read, in the stored orientation.</param>
    internal void Begin(PictureHeader header, (int Width, int Height) read)
    {
        Dispose();
        var (width, height) = ThumbnailSize.Of((header.StoredWidth, header.StoredHeight), read);
        _size = header.Orientation.SwapsAxes ? (height, width) : (width, height);
        _resampler = new Resampler(read, (width, height), new PixelBox(0, 0, width, height), Filter);
        _target = new UprightTarget(header.Orientation, new Placement(_size.Width, _size.Height, 0, 0), width, height, _size.Width);
        _scratch = ArrayPool<byte>.Shared.Rent(_resampler.ResultBytes);
        (_row, _isUsable) = (0, true);
    }

    /// <summary>Adds the next row.</summary>
    /// <param name="row">Three bytes per pixel and one extra byte.</param>
    internal void Add(ReadOnlySpan<byte> row)
    {
        if (_resampler is not { IsDone: false } resampler) return;
        resampler.Add(row);
        while (resampler.TryTake(_scratch))
            _target.Place(_scratch.AsSpan(0, _target.StoredWidth * 3), left: 0, _row++, _pixels);
    }

    /// <summary>Converts the pixels from the picture's profile to sRGB.</summary>
    internal void ApplyProfile(PixelPipeline pipeline, byte[] profile)
    {
        try
        {
            pipeline.ApplyProfile(profile, _size.Width, _size.Height, _pixels.AsSpan(0, _size.Width * _size.Height * 3));
        }
        catch (VipsException)
        {
            _isUsable = false;
        }
    }

    /// <summary>Encodes the thumbnail.</summary>
    /// <returns>
    /// A WebP; null if the rows were not all added, their profile could not be applied, or the file would be larger than what is kept.
    /// </returns>
    internal KeptPicture? Encode()
    {
        if (!_isUsable || _resampler is { IsDone: false }) return null;
        _isUsable = false;
        var file = _encoder.Encode(_pixels.AsSpan(0, _size.Width * _size.Height * 3), _size.Width, _size.Height);
        return file.Length > KeptPictures.MaxThumbnailBytes ? null : new KeptPicture(PictureMediaType.Of(PictureType.WebP), file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isUsable = false;
        _resampler?.Dispose();
        _resampler = null;
        if (_scratch.Length > 0) ArrayPool<byte>.Shared.Return(_scratch);
        _scratch = [];
    }
}
