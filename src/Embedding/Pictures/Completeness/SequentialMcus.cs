namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>The MCUs of a baseline or extended sequential scan. Requires both tables of each component.</summary>
internal sealed class SequentialMcus : IJpegMcus
{
    // The tables of each block in an MCU.
    private readonly (JpegEntropyTable Dc, JpegEntropyTable Ac)[] _blocks;

    internal SequentialMcus(JpegFrame frame, JpegScan scan) => _blocks =
    [
        .. scan.Parts.SelectMany(part => Enumerable.Repeat(
            (part.Dc!, part.Ac!),
            scan.Parts.Length == 1 ? 1 : frame.Components[part.Component].Across * frame.Components[part.Component].Down)),
    ];

    /// <inheritdoc/>
    public bool MayEnd => true;

    /// <inheritdoc/>
    public void Restart()
    {
    }

    /// <inheritdoc/>
    public bool TrySkip(ref JpegBits bits)
    {
        foreach (var (dc, ac) in _blocks)
        {
            if (!bits.TrySkipBlock(dc, ac)) return false;
        }

        return true;
    }
}
