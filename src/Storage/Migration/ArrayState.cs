namespace ImageSearch.Storage.Migration;

/// <summary>Checks, item by item, the calls and states in the pickle of a float32 array; anything else is rejected.</summary>
internal static class ArrayState
{
    // The version of a dtype's state that NumPy has written since 1.3; its items after the byte order say "no fields, default alignment".
    private const int ElementTypeState = 3;
    private const int ArrayStateVersion = 1;

    /// <summary>The result of calling the name with the arguments, or null if it is rejected.</summary>
    public static PickleValue? Call(PickleInput input, PickleName name, PickleValue[] arguments) => (name, arguments) switch
    {
        (PickleName.Encode, [PickleValue.Text text, PickleValue.Text codec]) when input[codec.Piece].SequenceEqual("latin1"u8) =>
            new PickleValue.Bytes(text.Piece, isLatin1: true),
        (PickleName.Reconstruct, [PickleValue.Name { Value: PickleName.Array }, PickleValue.Tuple { Items: [PickleValue.Number { Value: 0 }] },
            PickleValue.Bytes type]) when input[type.Piece].SequenceEqual("b"u8) => new PickleValue.FloatArray(),
        (PickleName.ElementType, [PickleValue.Text type, PickleValue.Number { Value: 0 }, PickleValue.Number { Value: 1 }])
            when input[type.Piece].SequenceEqual("f4"u8) => new PickleValue.ElementType(),
        (PickleName.FromBuffer, [PickleValue.Bytes data, PickleValue.ElementType type, PickleValue.Tuple shape, PickleValue.Text order])
            when input[order.Piece].SequenceEqual("C"u8) => Filled(new PickleValue.FloatArray(), input, type, shape, data),
        _ => null,
    };

    /// <summary>Sets the state of an element type or an array; false if it is rejected.</summary>
    public static bool Set(PickleInput input, PickleValue target, PickleValue[] state)
    {
        switch (target, state)
        {
            case (PickleValue.ElementType type, [PickleValue.Number { Value: ElementTypeState }, PickleValue.Text order,
                PickleValue.None, PickleValue.None, PickleValue.None,
                PickleValue.Number { Value: -1 }, PickleValue.Number { Value: -1 }, PickleValue.Number { Value: 0 }]):
                type.IsComplete = input[order.Piece].SequenceEqual("<"u8);
                return type.IsComplete;
            case (PickleValue.FloatArray { Data: null } array, [PickleValue.Number { Value: ArrayStateVersion }, PickleValue.Tuple shape,
                PickleValue.ElementType type, PickleValue.Number { Value: 0 }, PickleValue.Bytes data]):
                return Filled(array, input, type, shape, data) is not null;
            default:
                return false;
        }
    }

    private static PickleValue.FloatArray? Filled(
        PickleValue.FloatArray array, PickleInput input, PickleValue.ElementType type, PickleValue.Tuple shape, PickleValue.Bytes data)
    {
        var length = shape.Items switch
        {
            [PickleValue.Number values] => values.Value,
            [PickleValue.Number { Value: 1 }, PickleValue.Number values] => values.Value,
            _ => 0,
        };
        var bytes = data.IsLatin1 ? Latin1Text.Count(input[data.Piece]) : data.Piece.Length;
        if (!type.IsComplete || length <= 0 || bytes % sizeof(float) != 0 || length != bytes / sizeof(float))
        {
            return null;
        }

        array.Data = data;
        array.Length = (int)length;
        return array;
    }
}
