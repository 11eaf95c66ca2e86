using System.Runtime.InteropServices;

namespace ImageSearch.Storage.Migration;

/// <summary>
/// Reads the output of Python's <c>pickle.dumps</c> (protocols 2 to 5) for a contiguous NumPy array of little-endian float32.
/// </summary>
internal static class PickledArray
{
    /// <summary>
    /// The values of an array of the shape (n) or (1, n). Nothing in the pickle is executed: any opcode that the pickle of such an array
    /// does not have is rejected. Allocates memory for the values only.
    /// </summary>
    public static Result<float[]> Read(ReadOnlySpan<byte> pickle)
    {
        if (new PickleMachine(pickle).Run(out var rejection) is not { Data: { } data } array)
        {
            return new Failure(FailureCode.RequestInvalid, $"the pickle is rejected: {rejection}");
        }

        var values = new float[array.Length];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        var stored = pickle.Slice(data.Piece.Start, data.Piece.Length);
        if (data.IsLatin1) Latin1Text.Decode(stored, bytes);
        else stored.CopyTo(bytes);
        return values;
    }
}
