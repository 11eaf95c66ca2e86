namespace ImageSearch.Fetching;

/// <summary>Reads a body to its end or to the limit, whatever its announced length.</summary>
internal static class PictureBody
{
    // An announced length is trusted with no more memory than this before bytes have come.
    private const int LargestFirstBuffer = 1024 * 1024;

    private const int FirstBufferWithoutLength = 64 * 1024;

    /// <summary>Reads at most <paramref name="maxBytes"/> + 1 bytes.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="announced">The announced length in bytes; null where none is.</param>
    /// <param name="maxBytes">The largest body taken, in bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bytes; null where there are more than <paramref name="maxBytes"/>.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        Stream stream, long? announced, int maxBytes, CancellationToken cancellationToken)
    {
        if (announced > maxBytes)
            return null;

        // One byte more than expected, so that the end is seen without growing.
        var buffer = new byte[Math.Min(announced ?? FirstBufferWithoutLength, LargestFirstBuffer) + 1];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                return buffer.AsMemory(0, length);
            length += read;
            if (length > maxBytes)
                return null;
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxBytes + 1L));
        }
    }
}
