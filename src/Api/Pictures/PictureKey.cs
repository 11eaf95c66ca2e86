using System.Security.Cryptography;

namespace ImageSearch.Api.Pictures;

/// <summary>The key that a picture gets when the client names none.</summary>
internal static class PictureKey
{
    /// <summary>Lower-case hexadecimal MD5 of the file's bytes, as clients of the documented API compute it themselves.</summary>
#pragma warning disable CA5351 // MD5 is part of the contract here and protects nothing.
    public static string OfBytes(ReadOnlySpan<byte> picture) => Convert.ToHexStringLower(MD5.HashData(picture));
#pragma warning restore CA5351
}
