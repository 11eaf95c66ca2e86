namespace ImageSearch.Storage.Migration;

/// <summary>A value on the stack of a pickle that contains a NumPy array. None of it is code.</summary>
internal abstract class PickleValue
{
    /// <summary>The start of a tuple's items.</summary>
    public sealed class Mark : PickleValue
    {
        public static readonly Mark Instance = new();
    }

    public sealed class None : PickleValue
    {
        public static readonly None Instance = new();
    }

    /// <summary>A number; true and false are 1 and 0, as in Python.</summary>
    public sealed class Number(long value) : PickleValue
    {
        public long Value { get; } = value;
    }

    public sealed class Text(Piece piece) : PickleValue
    {
        public Piece Piece { get; } = piece;
    }

    /// <summary>Raw bytes; protocol 2 writes them as text whose characters are the bytes (latin-1), in UTF-8.</summary>
    public sealed class Bytes(Piece piece, bool isLatin1) : PickleValue
    {
        public Piece Piece { get; } = piece;

        public bool IsLatin1 { get; } = isLatin1;
    }

    public sealed class Tuple(PickleValue[] items) : PickleValue
    {
        public PickleValue[] Items { get; } = items;
    }

    /// <summary>One of the names that such a pickle refers to.</summary>
    public sealed class Name(PickleName name) : PickleValue
    {
        public PickleName Value { get; } = name;
    }

    /// <summary>NumPy's element type float32; little-endian once its state has been read.</summary>
    public sealed class ElementType : PickleValue
    {
        public bool IsComplete { get; set; }
    }

    /// <summary>The array; has data once its state has been read.</summary>
    public sealed class FloatArray : PickleValue
    {
        public Bytes? Data { get; set; }

        /// <summary>The number of values, also for the shape (1, n).</summary>
        public int Length { get; set; }
    }
}

/// <summary>The accepted names. Nothing is looked up by a name, and nothing is called.</summary>
internal enum PickleName
{
    /// <summary>numpy.core.multiarray._reconstruct: an array without data.</summary>
    Reconstruct,

    /// <summary>numpy.core.numeric._frombuffer: an array from its bytes (protocol 5).</summary>
    FromBuffer,

    /// <summary>numpy.ndarray.</summary>
    Array,

    /// <summary>numpy.dtype.</summary>
    ElementType,

    /// <summary>_codecs.encode: bytes from text (protocol 2).</summary>
    Encode,
}
