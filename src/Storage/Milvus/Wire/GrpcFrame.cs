using System.Buffers.Binary;
using Google.Protobuf;

namespace ImageSearch.Storage;

/// <summary>A message on the wire: one byte that says whether it is compressed, its length as four bytes, most significant first, the message.</summary>
internal static class GrpcFrame
{
    /// <summary>The longest answer that is taken, in bytes.</summary>
    public const int LongestAnswer = 256 << 20;

    private const int HeaderLength = 5;
    private const int FirstBuffer = 64 << 10;

    /// <summary>A request's frame.</summary>
    /// <param name="message">The message.</param>
    /// <param name="vectors">What is appended to it, or null.</param>
    public static byte[] From(IMessage message, VectorColumn? vectors)
    {
        var length = message.CalculateSize();
        var frame = new byte[checked(HeaderLength + length + (vectors?.Length ?? 0))];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)(frame.Length - HeaderLength));
        message.WriteTo(frame.AsSpan(HeaderLength, length));
        vectors?.WriteTo(frame.AsSpan(HeaderLength + length));
        return frame;
    }

    /// <summary>
    /// An answer's message, or null where the body is empty. The buffer grows with what has come, never by what the length claims.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no frame, or more than one; the message says what is wrong.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        var read = await body.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == 0) return null;
        if (read < HeaderLength) throw new InvalidDataException("its answer ends within the first five bytes");
        if (header[0] != 0) throw new InvalidDataException("its answer is compressed, which was not asked for, or no gRPC");
        var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1));
        if (length > LongestAnswer) throw new InvalidDataException($"its answer claims {length} bytes, more than the {LongestAnswer} allowed");

        var message = new byte[Math.Min((int)length, FirstBuffer)];
        var filled = 0;
        while (filled < (int)length)
        {
            if (filled == message.Length) Array.Resize(ref message, (int)Math.Min(length, 2L * message.Length));
            var count = await body.ReadAsync(message.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (count == 0) throw new InvalidDataException($"its answer ends after {filled} of {length} bytes");
            filled += count;
        }

        // The trailers are read with the body's end.
        if (await body.ReadAsync(header.AsMemory(0, 1), cancellationToken).ConfigureAwait(false) != 0)
        {
            throw new InvalidDataException("its answer goes on after the message");
        }

        return message;
    }
}
