using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ImageSearch.Api.V1.Imports;

/// <summary>
/// The keys of a list's first lines: pieces of a list run side by side, so of two lines with one key either could stay. Keys are kept as half
/// of their SHA-256, 40 bytes each; those after <see cref="MaxKeys"/> are not compared.
/// </summary>
internal sealed class SeenKeys
{
    /// <summary>Maximum number of kept keys, about 12 MB.</summary>
    public const int MaxKeys = 250_000;

    private readonly Dictionary<UInt128, long> _lines = [];

    /// <summary>Returns the line that has the key already; null if none has.</summary>
    public long? Add(string key, long line)
    {
        var half = HashOf(key);
        if (_lines.TryGetValue(half, out var first)) return first;
        if (_lines.Count < MaxKeys) _lines.Add(half, line);
        return null;
    }

    /// <summary>Half of a text's SHA-256: no client can make two texts whose halves are the same.</summary>
    public static UInt128 HashOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
