using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace ImageSearch.Api.V1.Requests;

/// <summary>
/// Where the next page begins: opaque base64url of a position and a hash of the request that defines the order. A cursor of another request
/// is an error, not a page of something else.
/// </summary>
internal static class Cursor
{
    /// <summary>Maximum length of a cursor, in characters.</summary>
    public const int MaxLength = 4096;

    private const int HashLength = RequestHash.Length;

    public static string OfItem(ItemPosition position, RequestHash hash)
    {
        var value = position.Value is null ? [] : Encoding.UTF8.GetBytes(position.Value);
        var bytes = new byte[HashLength + sizeof(long) + 1 + value.Length];
        hash.Bytes.CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(HashLength), position.Id);
        bytes[HashLength + sizeof(long)] = position.Value is null ? (byte)0 : (byte)1;
        value.CopyTo(bytes, HashLength + sizeof(long) + 1);
        return Base64Url.EncodeToString(bytes);
    }

    public static Result<ItemPosition?> ReadItem(string? cursor, RequestHash hash)
    {
        if (cursor is null) return (ItemPosition?)null;
        if (Decode(cursor, hash) is not { Length: >= sizeof(long) + 1 } rest) return Invalid(cursor);
        var value = rest[sizeof(long)] == 0 ? null : Encoding.UTF8.GetString(rest.AsSpan(sizeof(long) + 1));
        return new ItemPosition(value, BinaryPrimitives.ReadInt64LittleEndian(rest));
    }

    public static string OfHit(HitPosition position, RequestHash hash)
    {
        var bytes = new byte[HashLength + sizeof(float) + sizeof(long) + sizeof(int)];
        hash.Bytes.CopyTo(bytes);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(HashLength), position.SquaredDistance);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(HashLength + sizeof(float)), position.Id);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(HashLength + sizeof(float) + sizeof(long)), position.Seen);
        return Base64Url.EncodeToString(bytes);
    }

    public static Result<HitPosition?> ReadHit(string? cursor, RequestHash hash)
    {
        if (cursor is null) return (HitPosition?)null;
        if (Decode(cursor, hash) is not { Length: sizeof(float) + sizeof(long) + sizeof(int) } rest) return Invalid(cursor);
        var distance = BinaryPrimitives.ReadSingleLittleEndian(rest);
        var seen = BinaryPrimitives.ReadInt32LittleEndian(rest.AsSpan(sizeof(float) + sizeof(long)));
        if (!float.IsFinite(distance) || seen < 0) return Invalid(cursor);
        return new HitPosition(distance, BinaryPrimitives.ReadInt64LittleEndian(rest.AsSpan(sizeof(float))), seen);
    }

    /// <summary>The bytes behind the hash; null if it is not a cursor of this request.</summary>
    private static byte[]? Decode(string cursor, RequestHash hash)
    {
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor, out var length) || length < HashLength) return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        return bytes.AsSpan(0, HashLength).SequenceEqual(hash.Bytes) ? bytes[HashLength..] : null;
    }

    /// <summary>The text is not a cursor of the request.</summary>
    public static Failure Invalid(string cursor) =>
        new(FailureCode.CursorInvalid, "cursor must be the next_cursor of the same request, with the same filter, order and picture")
        {
            Field = "cursor",
            Value = cursor,
            Bound = "the next_cursor of the same request",
        };
}
