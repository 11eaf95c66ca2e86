using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>
/// The decoded pixels around the current macroblock of a plane: the row above it and the column to its left. Outside the picture they are
/// 127 above and 129 to the left (RFC 6386, section 12.2). The column and the corner are kept as rows of 16 bytes with their value repeated,
/// for chroma that of U eight times and that of V eight times.
/// </summary>
/// <param name="rows">Rows of a macroblock: 16 of luma or 8 of chroma.</param>
internal sealed class MacroblockEdges(int rows)
{
    private const byte OutsideAbove = 127;
    private const byte OutsideLeft = 129;
    private const byte NoNeighbor = 128;

    private readonly Vector128<byte>[] _left = new Vector128<byte>[rows];
    private readonly Vector128<byte> _lastColumn = rows < Prediction.Width
        ? Vector128.Create(Vector64.Create((byte)7), Vector64.Create((byte)15))
        : Vector128.Create((byte)15);

    private byte[] _above = [];
    private int _column;
    private int _row;

    /// <summary>The row above.</summary>
    internal Vector128<byte> Top => MemoryMarshal.Read<Vector128<byte>>(_above.AsSpan(_column * Prediction.Width));

    /// <summary>The pixel above the column to the left.</summary>
    internal Vector128<byte> Corner { get; private set; }

    /// <summary>The average of the neighbors inside the picture.</summary>
    internal Vector128<byte> Average
    {
        get
        {
            var (first, second) = HasLeft ? SumsOfLeft() : (0, 0);
            var (left, right) = HasTop ? (Vector128.Sum(Vector128.WidenLower(Top)), Vector128.Sum(Vector128.WidenUpper(Top))) : default;
            return rows < Prediction.Width
                ? Vector128.Create(Vector64.Create(Rounded(first + left)), Vector64.Create(Rounded(second + right)))
                : Vector128.Create(Rounded(first + left + right));
        }
    }

    private bool HasTop => _row > 0;

    private bool HasLeft => _column > 0;

    /// <summary>The pixel to the left of a row, repeated.</summary>
    internal Vector128<byte> Left(int y) => _left[y];

    /// <summary>Begins a picture.</summary>
    /// <param name="columns">Macroblocks per row.</param>
    internal void Begin(int columns)
    {
        if (_above.Length < columns * Prediction.Width) _above = new byte[columns * Prediction.Width];
        Array.Fill(_above, OutsideAbove);
    }

    /// <summary>Begins a row of macroblocks.</summary>
    internal void BeginRow(int row)
    {
        (_row, _column) = (row, 0);
        Array.Fill(_left, Vector128.Create(OutsideLeft));
        Corner = Vector128.Create(row == 0 ? OutsideAbove : OutsideLeft);
    }

    /// <summary>Moves to the next macroblock of the row.</summary>
    /// <param name="decoded">The pixels of the current one, of which the last row and the last column of each plane are used.</param>
    internal void Advance(ReadOnlySpan<byte> decoded)
    {
        Corner = _row == 0 ? Vector128.Create(OutsideAbove) : LastColumn(_above.AsSpan(_column * Prediction.Width));
        for (var y = 0; y < rows; y++) _left[y] = LastColumn(decoded[(y * Prediction.Width)..]);
        decoded.Slice((rows - 1) * Prediction.Width, Prediction.Width).CopyTo(_above.AsSpan(_column * Prediction.Width));
        _column++;
    }

    private Vector128<byte> LastColumn(ReadOnlySpan<byte> row) => Vector128.Shuffle(MemoryMarshal.Read<Vector128<byte>>(row), _lastColumn);

    private (int First, int Second) SumsOfLeft()
    {
        var (first, second) = (Vector128<ushort>.Zero, Vector128<ushort>.Zero);
        foreach (var left in _left) (first, second) = (first + Vector128.WidenLower(left), second + Vector128.WidenUpper(left));
        return (first.ToScalar(), second.ToScalar());
    }

    private byte Rounded(int sum) => (HasTop, HasLeft) switch
    {
        (true, true) => (byte)((sum + rows) / (2 * rows)),
        (false, false) => NoNeighbor,
        _ => (byte)((sum + (rows / 2)) / rows),
    };
}
