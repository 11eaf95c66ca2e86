using ImageSearch.Client.Search;
using ImageSearch.Pages.Searching.Inputs;

namespace ImageSearch.Pages.Searching;

/// <summary>What is searched by: an item, or else a picture; and items that hits are unlike.</summary>
public sealed record SearchSubject
{
    /// <summary>Maximum number of items that hits are unlike. The service takes 16 examples in all.</summary>
    public const int MaxUnlike = 15;

    /// <summary>The picture. It stays while an item is searched by, to go back to it.</summary>
    public PickedPicture? Picture { get; init; }

    /// <summary>The part of the picture; null for all of it.</summary>
    public RegionBox? Region { get; init; }

    /// <summary>The item; null for the picture.</summary>
    public ItemLabel? Item { get; init; }

    /// <summary>Items that hits are unlike.</summary>
    public IReadOnlyList<ItemLabel> Unlike { get; init; } = [];

    /// <summary>Whether there is nothing to search by.</summary>
    public bool IsEmpty => Item is null && Picture is null;

    /// <summary>Whether the picture is searched by.</summary>
    public bool IsByPicture => Item is null && Picture is not null;

    /// <summary>A search by another picture, and by nothing else.</summary>
    public static SearchSubject Of(PickedPicture picture) => new() { Picture = picture };

    /// <summary>A search by an item alone.</summary>
    public SearchSubject Like(ItemLabel item) => this with { Item = item, Unlike = [] };

    /// <summary>The search with one more item that hits are unlike.</summary>
    public SearchSubject LessLike(ItemLabel item) =>
        Unlike.Count == MaxUnlike || Unlike.Any(other => other.Id == item.Id) ? this : this with { Unlike = [.. Unlike, item] };

    /// <summary>The search without an item that hits are unlike.</summary>
    public SearchSubject Without(ItemLabel item) => this with { Unlike = [.. Unlike.Where(other => other.Id != item.Id)] };

    /// <summary>The examples of the search, of which there is at least one.</summary>
    public async ValueTask<IReadOnlyList<Example>> ToExamplesAsync(CancellationToken cancellationToken)
    {
        var first = Item is { } item
            ? Example.OfItem(item.Id)
            : Example.OfPicture(await Picture!.ReadAsync(cancellationToken)) with { Region = Region?.ToRegion() };
        return [first, .. Unlike.Select(other => Example.OfItem(other.Id) with { IsNegative = true })];
    }
}
