using ImageSearch.Client.Http;

namespace ImageSearch.Client.Reembedding;

/// <summary>A page of items whose picture could not be embedded.</summary>
internal sealed record ReembedFailurePage : IPage<ReembedFailure>
{
    public IReadOnlyList<ReembedFailure> Failures { get; init; } = [];

    public string? NextCursor { get; init; }

    IReadOnlyList<ReembedFailure> IPage<ReembedFailure>.Entries => Failures;
}
