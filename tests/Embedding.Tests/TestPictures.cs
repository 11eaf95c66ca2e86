using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Pictures.Structure;
using ImageSearch.Memory;

namespace ImageSearch.Embedding.Tests;

/// <summary>The pictures of tests/data and methods to read them.</summary>
internal static class TestPictures
{
    /// <summary>The default model's input.</summary>
    internal static readonly InputSpec Input = ManifestReader.Read(TestModels.Default).Input;

    private static readonly PictureHeaderReader Reader = NewReader();

    internal static PictureHeaderReader NewReader(bool allowAll = true, int maxMegapixels = 64, int memoryMegabytes = 512) => new(
        new EmbeddingOptions
        {
            ModelPath = "",
            AllowTiff = allowAll,
            AllowAvif = allowAll,
            MegapixelLimit = maxMegapixels,
            DecodeMemoryMegabytes = memoryMegabytes,
        });

    internal static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "pictures", file));

    internal static Result<PictureHeader> Read(ReadOnlySpan<byte> file, PictureHeaderReader? reader = null)
    {
        var read = Inspect(file, reader ?? Reader, out var copy);
        ((IDisposable?)copy)?.Dispose();
        return read;
    }

    internal static PictureHeader Header(ReadOnlySpan<byte> file) =>
        Read(file).TryGet(out var header, out var failure) ? header : throw new InvalidOperationException(failure.Message);

    /// <summary>The network's input for a whole picture or a box of it.</summary>
    internal static byte[] Decode(ReadOnlySpan<byte> file, InputSpec? input = null, PixelBox? box = null) =>
        TryDecode(file, input ?? Input, box).TryGet(out var pixels, out var failure) ? pixels : throw new InvalidOperationException(failure.Message);

    /// <summary>The network's input, or the failure.</summary>
    internal static Result<byte[]> TryDecode(ReadOnlySpan<byte> file, InputSpec? input = null, PixelBox? box = null)
    {
        var read = Inspect(file, Reader, out var copy);
        using var disposed = (IDisposable?)copy;
        if (!read.TryGet(out var header, out var failure)) return failure;
        var decoder = new PictureDecoder(input ?? Input);
        var pixels = new byte[decoder.PixelBytes];
        return decoder.Decode(copy is null ? file : copy.Content.Span, header, box, pixels) is { } rejection ? rejection : pixels;
    }

    // The steps of PictureLane.
    private static Result<PictureHeader> Inspect(ReadOnlySpan<byte> file, PictureHeaderReader reader, out PictureBuffer? copy)
    {
        copy = null;
        if (!reader.TypeOf(file).TryGet(out var type, out var failure)) return failure;
        failure = EssentialFile.Of(type, file, int.MaxValue, out copy);
        return failure is null ? reader.Read(type, copy is null ? file : copy.Content.Span) : failure;
    }

    /// <summary>Red, green and blue of a pixel of the network's input.</summary>
    internal static (int Red, int Green, int Blue) At(byte[] pixels, int x, int y)
    {
        var at = ((y * Input.Width) + x) * 3;
        return (pixels[at], pixels[at + 1], pixels[at + 2]);
    }

    /// <summary>The center pixel of the network's input.</summary>
    internal static (int Red, int Green, int Blue) Middle(string file) => At(Decode(Bytes(file)), Input.Width / 2, Input.Height / 2);
}
