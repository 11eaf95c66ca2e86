using System.Runtime.InteropServices;

namespace ImageSearch.Storage.Migration;

/// <summary>Reads what Python's <c>pickle.dumps</c> (protocols 2 to 5) makes of a contiguous NumPy array of little-endian float32.</summary>
internal static class PickledArray
{
    /// <summary>
    /// The values of an array of the shape (n) or (1, n), as they stand there. Nothing in the pickle is run: what is not the pickle of such an
    /// array, down to the single opcode, is refused. Takes memory for the values only.
    /// </summary>
    public static Result<float[]> Read(ReadOnlySpan<byte> pickle)
    {
        if (new PickleMachine(pickle).Run(out var refusal) is not { Data: { } data } array)
        {
            return new Failure(FailureCode.RequestInvalid, $"the pickle is refused: {refusal}");
        }

        var values = new float[array.Length];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        var stored = pickle.Slice(data.Piece.Start, data.Piece.Length);
        if (data.IsLatin1) Latin1Text.Decode(stored, bytes);
        else stored.CopyTo(bytes);
        return values;
    }
}
