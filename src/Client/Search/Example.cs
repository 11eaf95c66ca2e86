using System.Globalization;
using System.Text.Json;
using ImageSearch.Client.Items;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Search;

/// <summary>What to search by: a picture, an item of the table, or a vector.</summary>
public sealed record Example
{
    private Example()
    {
    }

    /// <summary>The part of the picture to search by; null for all of it.</summary>
    public Region? Region { get; init; }

    /// <summary>Whether hits are unlike the example. At least one example of a search is not negative.</summary>
    public bool IsNegative { get; init; }

    internal Picture? Picture { get; private init; }

    private ItemReference? Item { get; init; }

    private ReadOnlyMemory<float>? Vector { get; init; }

    /// <summary>A picture.</summary>
    /// <param name="picture">The picture.</param>
    public static Example OfPicture(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return new Example { Picture = picture };
    }

    /// <summary>An item of the table, which is not a hit itself.</summary>
    /// <param name="item">Its key or id.</param>
    public static Example OfItem(ItemReference item) => new() { Item = item };

    /// <summary>A vector of the table's model.</summary>
    /// <param name="vector">Its values. A length other than 1 is normalised.</param>
    public static Example OfVector(ReadOnlyMemory<float> vector) => new() { Vector = vector };

    /// <summary>The members of the example, without a picture that is uploaded.</summary>
    internal Members ToMembers()
    {
        var members = new Members();
        Picture?.AddTo(members);
        if (Item is { } item) members.Add("key", item.Key).Add("id", item.Key is null ? item.Id : null);
        if (Vector is { } vector) members.AddRaw("vector", TextOf(vector));
        return members.AddRaw("region", Region is { } region ? Members.TextOf(region.Write) : null).AddFlag("negative", IsNegative);
    }

    /// <summary>Writes the example after its picture is read.</summary>
    internal async ValueTask<Action<Utf8JsonWriter>> ToJsonAsync(CancellationToken cancellationToken)
    {
        var members = ToMembers();
        if (Picture?.Upload is null) return members.Write;
        var picture = await Picture.ToJsonAsync(cancellationToken).ConfigureAwait(false);
        return json =>
        {
            picture(json);
            members.Write(json);
        };
    }

    private static string TextOf(ReadOnlyMemory<float> vector) =>
        $"[{string.Join(',', vector.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)))}]";
}
