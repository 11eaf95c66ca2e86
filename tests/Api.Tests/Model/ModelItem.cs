using System.Globalization;

namespace ImageSearch.Api.Tests.Model;

/// <summary>An item as the model has it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Picture">The number of its picture.</param>
/// <param name="ProductId">Its product.</param>
/// <param name="Tags">Its tags, separated by a space.</param>
/// <param name="Price">An attribute that is a number.</param>
/// <param name="Brand">An attribute that is a text.</param>
/// <param name="InStock">An attribute that is a boolean.</param>
/// <param name="Colors">An attribute that is a list; null for none.</param>
internal sealed record ModelItem(
    string Key, int Picture, string? ProductId, string? Tags, double? Price, string? Brand, bool? InStock, IReadOnlyList<string>? Colors)
{
    /// <summary>What a client sees of the fields, in a form that can be compared.</summary>
    public string Fields => string.Join(
        '|', Key, ProductId ?? "-", Tags ?? "-", Price?.ToString("R", CultureInfo.InvariantCulture) ?? "-", Brand ?? "-", InStock?.ToString() ?? "-",
        Colors is null ? "-" : string.Join(',', Colors));
}
