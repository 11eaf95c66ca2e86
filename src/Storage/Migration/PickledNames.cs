namespace ImageSearch.Storage.Migration;

/// <summary>The names in the pickle of an array; NumPy 2 moved numpy.core to numpy._core.</summary>
internal static class PickledNames
{
    public static PickleName? Find(ReadOnlySpan<byte> module, ReadOnlySpan<byte> name)
    {
        if (module.SequenceEqual("numpy"u8))
        {
            return name.SequenceEqual("ndarray"u8) ? PickleName.Array
                : name.SequenceEqual("dtype"u8) ? PickleName.ElementType
                : null;
        }

        if (module.SequenceEqual("_codecs"u8))
        {
            return name.SequenceEqual("encode"u8) ? PickleName.Encode : null;
        }

        if (module.SequenceEqual("numpy.core.multiarray"u8) || module.SequenceEqual("numpy._core.multiarray"u8))
        {
            return name.SequenceEqual("_reconstruct"u8) ? PickleName.Reconstruct : null;
        }

        return (module.SequenceEqual("numpy.core.numeric"u8) || module.SequenceEqual("numpy._core.numeric"u8))
            && name.SequenceEqual("_frombuffer"u8) ? PickleName.FromBuffer : null;
    }
}
