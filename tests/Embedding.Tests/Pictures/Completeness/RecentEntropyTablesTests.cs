using ImageSearch.Embedding.Pictures.Completeness;

namespace ImageSearch.Embedding.Tests.Pictures.Completeness;

public sealed class RecentEntropyTablesTests
{
    // The luminance and chrominance DC tables of the JPEG standard.
    private static readonly byte[] Luminance = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, .. Symbols];
    private static readonly byte[] Chrominance = [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, .. Symbols];

    private static ReadOnlySpan<byte> Symbols => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    [Fact]
    public void Files_with_the_same_tables_share_them()
    {
        var (luminance, chrominance) = (JpegEntropyTable.Read(Luminance, forRuns: false), JpegEntropyTable.Read(Chrominance, forRuns: false));

        Assert.NotNull(luminance);
        Assert.Same(luminance, JpegEntropyTable.Read(Luminance, forRuns: false));
        Assert.Same(chrominance, JpegEntropyTable.Read(Chrominance, forRuns: false));
    }

    [Fact]
    public void A_table_of_another_definition_or_use_is_another_one()
    {
        var table = JpegEntropyTable.Read(Luminance, forRuns: false)!;
        byte[] otherSymbols = [.. Luminance[..^1], 200];

        Assert.NotSame(table, JpegEntropyTable.Read(Chrominance, forRuns: false));
        Assert.NotSame(table, JpegEntropyTable.Read(otherSymbols, forRuns: false));
        Assert.True(table.Runs.IsEmpty);
        Assert.False(JpegEntropyTable.Read(Luminance, forRuns: true)!.Runs.IsEmpty);
    }

    [Fact]
    public void Many_definitions_replace_each_other_and_stay_right()
    {
        for (var round = 0; round < 2; round++)
        {
            for (byte symbol = 12; symbol < 250; symbol++)
            {
                byte[] definition = [.. Luminance[..^1], symbol];
                Assert.Equal(symbol, JpegEntropyTable.Read(definition, forRuns: false)!.Symbol(0b1_1111_1110 << 7, out var length));
                Assert.Equal(9, length);
            }
        }
    }
}
