namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>Writes the pieces of a complete but malformed JPEG as the standard requires, so that decoders accept it.</summary>
internal static class JpegCopy
{
    /// <summary>Creates the copy.</summary>
    internal static byte[] Of(ReadOnlySpan<byte> file, IReadOnlyList<JpegPiece> pieces)
    {
        var copy = new byte[4 + pieces.Sum(piece => piece.To - piece.From + (piece.Restart is null ? 0 : 2))];
        var at = Mark(copy, 0, JpegMarker.StartOfImage);
        foreach (var piece in pieces)
        {
            if (piece.Restart is { } number) at = Mark(copy, at, (byte)(JpegMarker.FirstRestart + (number & 7)));
            file[piece.From..piece.To].CopyTo(copy.AsSpan(at));
            at += piece.To - piece.From;
        }

        Mark(copy, at, JpegMarker.EndOfImage);
        return copy;
    }

    private static int Mark(byte[] copy, int at, byte marker)
    {
        (copy[at], copy[at + 1]) = (JpegMarker.Prefix, marker);
        return at + 2;
    }
}
