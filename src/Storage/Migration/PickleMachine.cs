using System.Text;

namespace ImageSearch.Storage.Migration;

/// <summary>
/// Interprets the opcodes that Python's pickle (protocols 2 to 5) writes for one NumPy array, on a stack of <see cref="PickleValue"/>.
/// Every other opcode and name is rejected, so a row can't make this process do anything but read numbers. Steps, stack and memo are
/// bounded; arrays take about 50 steps, 12 stack entries and 23 memo entries.
/// </summary>
internal ref struct PickleMachine(ReadOnlySpan<byte> pickle)
{
    private const int MaxSteps = 256;
    private const int MaxValues = 64;

    private readonly Stack<PickleValue> _stack = new();
    private readonly List<PickleValue?> _memo = [];
    private PickleInput _input = new(pickle);
    private string? _rejection;

    /// <summary>The array, whose data is a piece of the input; or the reason for the rejection.</summary>
    public PickleValue.FloatArray? Run(out string? rejection)
    {
        PickleValue.FloatArray? array = null;
        if (!_input.TryByte(out var first) || first != 0x80)
        {
            rejection = "it is not a pickle of protocol 2 to 5";
            return null;
        }

        if (!_input.TryByte(out var protocol) || protocol is < 2 or > 5)
        {
            rejection = "its pickle protocol is not 2 to 5";
            return null;
        }

        var ended = false;
        for (var step = 0; !ended && _rejection is null; step++)
        {
            if (step == MaxSteps) Reject("it has more steps than an array takes");
            else if (!_input.TryByte(out var opcode)) Reject("it ends too early");
            else if (opcode == (byte)'.') ended = Stop(out array);
            else if (!Step(opcode)) Reject("it is damaged or ends too early");
        }

        rejection = _rejection;
        return array;
    }

    private bool Stop(out PickleValue.FloatArray? array)
    {
        array = _stack.Count == 1 && _input.AtEnd ? _stack.Pop() as PickleValue.FloatArray : null;
        return array?.Data is not null || Reject("it contains something other than one float32 array");
    }

    private bool Step(byte opcode)
    {
        var at = _input.Position - 1;
        switch (opcode)
        {
            case 0x95: return _input.TryPiece(sizeof(ulong), out _);
            case (byte)'c': return _input.TryLine(out var module) && _input.TryLine(out var name) && PushName(module, name);
            case 0x93: return PopText(out var last) && PopText(out var former) && PushName(former, last);
            case (byte)'q': return _input.TryNumber(1, out var slot) && Remember(slot);
            case (byte)'r': return _input.TryNumber(4, out var far) && Remember(far);
            case 0x94: return Remember((ulong)_memo.Count);
            case (byte)'h': return _input.TryNumber(1, out var known) && Recall(known);
            case (byte)'j': return _input.TryNumber(4, out var farKnown) && Recall(farKnown);
            case (byte)'(': return Push(PickleValue.Mark.Instance);
            case (byte)'t': return PushMarkedTuple();
            case 0x85 or 0x86 or 0x87: return PushTuple(opcode - 0x84);
            case (byte)'K': return _input.TryNumber(1, out var small) && Push(new PickleValue.Number((long)small));
            case (byte)'M': return _input.TryNumber(2, out var middle) && Push(new PickleValue.Number((long)middle));
            case (byte)'J': return _input.TryNumber(4, out var number) && Push(new PickleValue.Number((int)(uint)number));
            case 0x88: return Push(new PickleValue.Number(1));
            case 0x89: return Push(new PickleValue.Number(0));
            case (byte)'N': return Push(PickleValue.None.Instance);
            case (byte)'X': return _input.TryCounted(4, out var text) && Push(new PickleValue.Text(text));
            case 0x8c: return _input.TryCounted(1, out var shortText) && Push(new PickleValue.Text(shortText));
            case (byte)'C': return _input.TryCounted(1, out var shortBytes) && Push(new PickleValue.Bytes(shortBytes, false));
            case (byte)'B': return _input.TryCounted(4, out var bytes) && Push(new PickleValue.Bytes(bytes, false));
            case 0x96: return _input.TryCounted(8, out var array) && Push(new PickleValue.Bytes(array, false));
            case (byte)'R': return Pop(out var arguments) && Pop(out var callee) && Call(callee, arguments);
            case (byte)'b': return Pop(out var state) && _stack.TryPeek(out var target) && SetState(target, state);
            default: return Reject($"it has the opcode 0x{opcode:x2} at byte {at}, which the pickle of an array does not have");
        }
    }

    private bool Push(PickleValue value)
    {
        if (_stack.Count == MaxValues) return Reject("it has more values than an array takes");
        _stack.Push(value);
        return true;
    }

    private bool Pop(out PickleValue value) => _stack.TryPop(out value!) && value is not PickleValue.Mark;

    private bool PopText(out Piece piece)
    {
        var text = Pop(out var value) ? value as PickleValue.Text : null;
        piece = text?.Piece ?? default;
        return text is not null;
    }

    private bool PushTuple(int count)
    {
        var items = new PickleValue[count];
        for (var i = count - 1; i >= 0; i--)
        {
            if (!Pop(out items[i])) return false;
        }

        return Push(new PickleValue.Tuple(items));
    }

    private bool PushMarkedTuple()
    {
        var count = 0;
        foreach (var value in _stack)
        {
            if (value is PickleValue.Mark)
            {
                var items = new PickleValue[count];
                while (count > 0) items[--count] = _stack.Pop();
                _stack.Pop();
                return Push(new PickleValue.Tuple(items));
            }

            count++;
        }

        return false;
    }

    private bool Remember(ulong slot)
    {
        if (slot >= MaxValues) return Reject("it remembers more values than an array takes");
        if (!_stack.TryPeek(out var value) || value is PickleValue.Mark) return false;
        while (_memo.Count <= (int)slot) _memo.Add(null);
        _memo[(int)slot] = value;
        return true;
    }

    private bool Recall(ulong slot) => slot < (ulong)_memo.Count && _memo[(int)slot] is { } value && Push(value);

    private bool PushName(Piece module, Piece name) => PickledNames.Find(_input[module], _input[name]) is { } known
        ? Push(new PickleValue.Name(known))
        : Reject($"it refers to {Shown(module)}.{Shown(name)}, which the pickle of an array does not; nothing of it was run");

    private bool Call(PickleValue callee, PickleValue arguments)
    {
        var made = callee is PickleValue.Name function && arguments is PickleValue.Tuple tuple
            ? ArrayState.Call(_input, function.Value, tuple.Items)
            : null;
        return made is null ? Reject("it does not build a contiguous little-endian float32 array") : Push(made);
    }

    private bool SetState(PickleValue target, PickleValue state) =>
        (state is PickleValue.Tuple tuple && ArrayState.Set(_input, target, tuple.Items))
        || Reject("it does not contain a contiguous little-endian float32 array of the shape (n) or (1, n)");

    // Untrusted text for a report: without control characters, and shortened.
    private readonly string Shown(Piece piece)
    {
        var bytes = _input[piece];
        var shown = new StringBuilder();
        foreach (var value in bytes[..Math.Min(bytes.Length, 40)]) shown.Append(value is > 0x20 and < 0x7f ? (char)value : '?');
        return shown.ToString();
    }

    // Keeps the first reason.
    private bool Reject(string reason)
    {
        _rejection ??= reason;
        return false;
    }
}
