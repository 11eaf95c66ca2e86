using ImageSearch.Filtering.Text;

namespace ImageSearch.Filtering.Matching;

/// <summary>A text of an item where it lies: UTF-8 of an attribute, or UTF-16 of a field.</summary>
internal readonly ref struct TextView
{
    public TextView(ReadOnlySpan<byte> utf8)
    {
        Utf8 = utf8;
        IsUtf8 = true;
    }

    public TextView(ReadOnlySpan<char> utf16) => Utf16 = utf16;

    public ReadOnlySpan<byte> Utf8 { get; }

    public ReadOnlySpan<char> Utf16 { get; }

    public bool IsUtf8 { get; }

    /// <summary>The order by code points, which is that of UTF-8 bytes.</summary>
    public int CompareTo(TextConstant other) =>
        IsUtf8 ? Utf8.SequenceCompareTo(other.Utf8) : CodePoints.Compare(Utf16, other.Utf16);

    public bool StartsWith(TextConstant other) => IsUtf8 ? Utf8.StartsWith(other.Utf8) : Utf16.StartsWith(other.Utf16);
}

/// <summary>A text of a filter in both encodings.</summary>
internal sealed class TextConstant(string text)
{
    public string Utf16 { get; } = text;

    public byte[] Utf8 { get; } = System.Text.Encoding.UTF8.GetBytes(text);
}
