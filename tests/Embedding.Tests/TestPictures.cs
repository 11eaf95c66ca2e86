using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests;

/// <summary>Shorthands for tests that start from a picture's bytes.</summary>
internal static class TestPictures
{
    private static readonly PictureHeaderReader Reader = new(allowTiff: true, allowAvif: true);

    internal static Result<PictureHeader> Read(ReadOnlySpan<byte> file) => Reader.Read(file);

    internal static PictureHeader Header(ReadOnlySpan<byte> file) =>
        Reader.Read(file).TryGet(out var header, out var failure) ? header : throw new InvalidOperationException(failure.Message);
}
