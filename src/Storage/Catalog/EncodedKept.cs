using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ImageSearch.Storage.Catalog;

/// <summary>The columns of a kept picture. Encoded on the caller's thread, not the writer's.</summary>
/// <param name="Kind">Which file.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Tag">The first 32 hexadecimal digits of the bytes' SHA-256.</param>
/// <param name="Bytes">The file; empty if it is an object.</param>
internal sealed record EncodedKept(PictureKind Kind, string MediaType, string Tag, byte[] Bytes)
{
    private const int TagBytes = 16;

    /// <summary>Bytes of the file.</summary>
    public int Length { get; private init; } = Bytes.Length;

    /// <summary>The token of the object that has the bytes; null if the row has them.</summary>
    public string? Token { get; private init; }

    /// <summary>The columns of a file that is an object.</summary>
    public EncodedKept AsObject(string token) => this with { Bytes = [], Token = token };

    /// <summary>The tag of a file.</summary>
    public static string TagOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash[..TagBytes]);
    }

    /// <summary>The columns of what is to be kept; without bytes there is nothing to keep.</summary>
    public static IReadOnlyList<EncodedKept> From(KeptPictures? kept)
    {
        if (kept is null || kept.Bytes == 0) return [];
        var files = new List<EncodedKept>(2);
        Add(files, PictureKind.Thumbnail, kept.Thumbnail);
        Add(files, PictureKind.Original, kept.Original);
        return files;
    }

    private static void Add(List<EncodedKept> files, PictureKind kind, KeptPicture? picture)
    {
        if (picture is not { Bytes.IsEmpty: false }) return;
        files.Add(new EncodedKept(kind, picture.MediaType, TagOf(picture.Bytes.Span), ArrayOf(picture.Bytes)));
    }

    // Drivers take whole arrays.
    private static byte[] ArrayOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Count == segment.Array!.Length ? segment.Array : bytes.ToArray();
}
