using System.Buffers;
using System.Buffers.Text;

namespace ImageSearch.Storage.Migration;

/// <summary>The column <c>feature</c> as the first Python system wrote it: base64 of a pickled NumPy array.</summary>
internal static class PickledFeature
{
    // 16,384 values, the maximum of a model, take at most 131 KB as a pickle and 175 KB as base64.
    private const int MaxCharacters = 256 * 1024;

    /// <summary>The vector as stored, or why it can't be read.</summary>
    public static Result<float[]> Read(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxCharacters) return Unreadable($"the feature has {text.Length} characters; at most {MaxCharacters} are read");
        var rented = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(text.Length));
        try
        {
            return Base64.DecodeFromUtf8(text, rented, out _, out var length) == OperationStatus.Done && length > 0
                ? PickledArray.Read(rented.AsSpan(0, length))
                : Unreadable("the feature neither starts with f32: nor is base64 of a pickle");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static Failure Unreadable(string reason) => new(FailureCode.RequestInvalid, reason);
}
