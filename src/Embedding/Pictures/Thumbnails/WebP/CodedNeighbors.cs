namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>
/// Whether the blocks above and to the left of a macroblock have coefficients, which is the context of its blocks (RFC 6386, section 13.3).
/// </summary>
internal sealed class CodedNeighbors
{
    // Four columns of luma blocks, two of U, two of V, and the block of DCs.
    private const int PerMacroblock = 9;

    private readonly bool[] _left = new bool[PerMacroblock];
    private bool[] _above = [];

    /// <summary>Columns of U blocks begin here.</summary>
    internal const int U = 4;

    /// <summary>Columns of V blocks begin here.</summary>
    internal const int V = 6;

    /// <summary>The block of DCs.</summary>
    internal const int Dcs = 8;

    /// <summary>Begins a picture.</summary>
    internal void Begin(int columns)
    {
        if (_above.Length < columns * PerMacroblock) _above = new bool[columns * PerMacroblock];
        Array.Clear(_above);
    }

    /// <summary>Begins a row of macroblocks.</summary>
    internal void BeginRow() => Array.Clear(_left);

    /// <summary>How many of the two neighbors of a block have coefficients.</summary>
    /// <param name="macroblock">The column of its macroblock.</param>
    /// <param name="column">Its column in it, among all planes.</param>
    /// <param name="row">Its row, among all planes.</param>
    internal int Count(int macroblock, int column, int row) =>
        (_above[(macroblock * PerMacroblock) + column] ? 1 : 0) + (_left[row] ? 1 : 0);

    /// <summary>Remembers whether a block has coefficients.</summary>
    internal void Set(int macroblock, int column, int row, bool isCoded) =>
        (_above[(macroblock * PerMacroblock) + column], _left[row]) = (isCoded, isCoded);

    /// <summary>Remembers that no block of a macroblock has coefficients.</summary>
    internal void Clear(int macroblock)
    {
        Array.Clear(_left);
        _above.AsSpan(macroblock * PerMacroblock, PerMacroblock).Clear();
    }
}
