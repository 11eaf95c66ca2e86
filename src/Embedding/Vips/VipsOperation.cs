using System.Text;

namespace ImageSearch.Embedding.Vips;

/// <summary>One call of a libvips operation by its properties: set the inputs, then <see cref="Run"/>.</summary>
internal readonly ref struct VipsOperation
{
    private readonly nint _operation;
    private readonly ReadOnlySpan<byte> _name;

    /// <param name="name">A UTF-8 literal.</param>
    internal VipsOperation(ReadOnlySpan<byte> name)
    {
        VipsLibrary.EnsureStarted();
        _name = name;
        _operation = VipsNative.NewOperation(name);
        if (_operation == 0) throw VipsException.After(Encoding.UTF8.GetString(name));
    }

    internal VipsOperation Set(scoped ReadOnlySpan<byte> property, bool state)
    {
        var value = New(VipsNative.BooleanType);
        VipsNative.SetBoolean(ref value, state ? 1 : 0);
        return Apply(property, ref value);
    }

    /// <summary>Sets a number or, by its value, an enumeration: GObject converts.</summary>
    internal VipsOperation Set(scoped ReadOnlySpan<byte> property, int number)
    {
        var value = New(VipsNative.IntType);
        VipsNative.SetInt(ref value, number);
        return Apply(property, ref value);
    }

    internal VipsOperation Set(scoped ReadOnlySpan<byte> property, double number)
    {
        var value = New(VipsNative.DoubleType);
        VipsNative.SetDouble(ref value, number);
        return Apply(property, ref value);
    }

    internal VipsOperation Set(scoped ReadOnlySpan<byte> property, scoped ReadOnlySpan<byte> literal)
    {
        var value = New(VipsNative.StringType);
        VipsNative.SetLiteral(ref value, literal);
        return Apply(property, ref value);
    }

    internal VipsOperation SetDoubles(scoped ReadOnlySpan<byte> property, scoped ReadOnlySpan<double> numbers)
    {
        var value = New(VipsLibrary.Types.Doubles);
        VipsNative.SetDoubles(ref value, numbers, numbers.Length);
        return Apply(property, ref value);
    }

    internal VipsOperation Set(scoped ReadOnlySpan<byte> property, VipsImage image)
    {
        var value = New(VipsLibrary.Types.Image);
        VipsNative.SetObject(ref value, image.DangerousGetHandle());
        GC.KeepAlive(image);
        return Apply(property, ref value);
    }

    /// <summary>Gives the operation a file's bytes in place.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="pinned">Stays where it is until the last picture made of it is disposed of.</param>
    internal unsafe VipsOperation SetPinned(scoped ReadOnlySpan<byte> property, scoped ReadOnlySpan<byte> pinned)
    {
        nint blob;
        fixed (byte* data = pinned) blob = VipsNative.NewBlob(0, data, (nuint)pinned.Length);
        var value = New(VipsLibrary.Types.Blob);
        VipsNative.SetBoxed(ref value, blob);
        VipsNative.ReleaseArea(blob);
        return Apply(property, ref value);
    }

    /// <summary>Builds the operation and releases it.</summary>
    /// <returns>Its output picture.</returns>
    /// <exception cref="VipsException">It failed.</exception>
    internal VipsImage Run()
    {
        var operation = _operation;
        try
        {
            if (VipsNative.BuildOperation(ref operation) != 0) throw VipsException.After(Encoding.UTF8.GetString(_name));
            var value = New(VipsLibrary.Types.Image);
            VipsNative.GetProperty(operation, "out"u8, ref value);
            var image = new VipsImage(VipsNative.AddReference(VipsNative.GetObject(ref value)));
            VipsNative.UnsetValue(ref value);
            return image;
        }
        finally
        {
            VipsNative.ReleaseOutputs(operation);
            VipsNative.Release(operation);
        }
    }

    private static VipsNative.GValue New(nuint type)
    {
        var value = default(VipsNative.GValue);
        _ = VipsNative.InitValue(ref value, type);
        return value;
    }

    private VipsOperation Apply(scoped ReadOnlySpan<byte> property, scoped ref VipsNative.GValue value)
    {
        VipsNative.SetProperty(_operation, property, ref value);
        VipsNative.UnsetValue(ref value);
        return this;
    }
}
