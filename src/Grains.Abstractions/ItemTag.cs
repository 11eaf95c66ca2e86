using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ImageSearch;

/// <summary>Computes <see cref="Item.Tag"/>.</summary>
internal static class ItemTag
{
    public static string Of(Item item)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, item.Id);
        Append(hash, item.Version);
        Append(hash, item.Texts.Key);
        Append(hash, item.Texts.Tags);
        Append(hash, item.Texts.Brief);
        Append(hash, item.Texts.FilePath);
        Append(hash, item.Texts.ProductId);
        Append(hash, item.Texts.Attributes);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    // The length stands before the text, so that no two items have the same bytes.
    private static void Append(IncrementalHash hash, string? text)
    {
        Append(hash, text?.Length ?? -1);
        if (text is not null) hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
