using ImageSearch.Client.Http;

namespace ImageSearch.Client.Keys;

/// <summary>A page of API keys.</summary>
internal sealed record ApiKeyPage : IPage<ApiKey>
{
    public IReadOnlyList<ApiKey> Keys { get; init; } = [];

    public string? NextCursor { get; init; }

    IReadOnlyList<ApiKey> IPage<ApiKey>.Entries => Keys;
}
