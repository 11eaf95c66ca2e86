namespace ImageSearch.Filtering.Text;

/// <summary>Reads the digits of a date one after the other.</summary>
internal ref struct DateDigits(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public bool TrySkip(char expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected) return false;
        _rest = _rest[1..];
        return true;
    }

    public bool TryRead(int count, out int number)
    {
        number = 0;
        if (_rest.Length < count) return false;
        foreach (var digit in _rest[..count])
        {
            if (!char.IsAsciiDigit(digit)) return false;
            number = (number * 10) + (digit - '0');
        }

        _rest = _rest[count..];
        return true;
    }

    /// <summary>One digit or more, the first three of which count.</summary>
    public bool TryReadMilliseconds(out int milliseconds)
    {
        milliseconds = 0;
        var read = 0;
        for (; TryRead(1, out var digit); read++)
        {
            if (read < 3) milliseconds = (milliseconds * 10) + digit;
        }

        for (var missing = read; missing < 3; missing++) milliseconds *= 10;
        return read > 0;
    }
}
