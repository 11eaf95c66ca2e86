namespace ImageSearch.Client.Items;

/// <summary>The results of a batch.</summary>
internal sealed record BatchResults
{
    public IReadOnlyList<BatchResult> Results { get; init; } = [];
}
