using ImageSearch.Client.Http;

namespace ImageSearch.Client.Items;

/// <summary>A page of items.</summary>
internal sealed record ItemPage : IPage<Item>
{
    public IReadOnlyList<Item> Items { get; init; } = [];

    public string? NextCursor { get; init; }

    IReadOnlyList<Item> IPage<Item>.Entries => Items;
}
