using ImageSearch.Client.Http;

namespace ImageSearch.Client.Imports;

/// <summary>A page of imports.</summary>
internal sealed record ImportPage : IPage<Import>
{
    public IReadOnlyList<Import> Imports { get; init; } = [];

    public string? NextCursor { get; init; }

    IReadOnlyList<Import> IPage<Import>.Entries => Imports;
}
