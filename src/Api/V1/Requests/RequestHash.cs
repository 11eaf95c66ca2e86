using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Api.V1.Requests;

/// <summary>Identifies what defines the order of a list or a search.</summary>
internal readonly struct RequestHash
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = 12;

    private RequestHash(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    public static RequestHash Of(params IEnumerable<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = new byte[sizeof(int)];
        foreach (var part in parts)
        {
            // The length stands before the text, so that no two lists of parts have the same bytes.
            var bytes = part is null ? null : Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes?.Length ?? -1);
            hash.AppendData(length);
            if (bytes is not null) hash.AppendData(bytes);
        }

        return new RequestHash(hash.GetHashAndReset()[..Length]);
    }
}
