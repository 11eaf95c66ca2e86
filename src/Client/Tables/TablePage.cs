using ImageSearch.Client.Http;

namespace ImageSearch.Client.Tables;

/// <summary>A page of tables.</summary>
internal sealed record TablePage : IPage<Table>
{
    public IReadOnlyList<Table> Tables { get; init; } = [];

    public string? NextCursor { get; init; }

    IReadOnlyList<Table> IPage<Table>.Entries => Tables;
}
