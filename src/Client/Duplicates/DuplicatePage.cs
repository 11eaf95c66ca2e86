using ImageSearch.Client.Http;

namespace ImageSearch.Client.Duplicates;

/// <summary>A page of groups. While the search runs the answer is the search itself, which has neither of the members.</summary>
internal sealed record DuplicatePage : IPage<DuplicateGroup>
{
    public DuplicateSearch? Search { get; init; }

    public IReadOnlyList<DuplicateGroup> Groups { get; init; } = [];

    public string? NextCursor { get; init; }

    IReadOnlyList<DuplicateGroup> IPage<DuplicateGroup>.Entries => Groups;
}
