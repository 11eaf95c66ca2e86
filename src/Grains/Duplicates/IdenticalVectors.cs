using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ImageSearch.Grains.Duplicates;

/// <summary>
/// Finds rows with the same vector by a hash of it, so that a picture that thousands of rows have is compared once. The hash has 64 bits of
/// SHA-256 over the vector and a secret of the search: nobody can prepare two vectors with one hash, and in a million rows two have one by
/// chance in one of 37 million searches. About 30 bytes a row.
/// </summary>
internal sealed class IdenticalVectors(int capacity)
{
    private const int SecretLength = 16;

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(SecretLength);
    private readonly Dictionary<ulong, int> _rows = new(capacity);

    /// <summary>The row that was added first with the same vector; null if this is the first one.</summary>
    public int? Add(int row, ReadOnlySpan<float> vector)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_secret);
        hash.AppendData(MemoryMarshal.AsBytes(vector));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        var key = BinaryPrimitives.ReadUInt64LittleEndian(digest);
        if (_rows.TryGetValue(key, out var first)) return first;
        _rows.Add(key, row);
        return null;
    }
}
