using ImageSearch.Client.Items;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Tests.Browsing;

namespace ImageSearch.Pages.Tests.Searching;

/// <summary>A table with the sample pictures.</summary>
internal static class SampleShop
{
    public static string FileOf(string name) => Path.Combine(AppContext.BaseDirectory, "samples", name);

    public static async Task<string> CreateAsync(PagesFixture pages)
    {
        var table = $"search_{Guid.NewGuid():N}";
        await pages.Api.Tables.CreateAsync(
            table, new TableSettings { Attributes = [AttributeDefinition.Of("price", AttributeType.Number), AttributeDefinition.Of("brand", AttributeType.String)] });
        var items = pages.Api.Items(table);
        await items.PutAsync("strawberry", ItemOf("strawberry.jpg", 3.5, "acme") with { Tags = "fruit,red", Brief = "Fresh strawberries" });
        await items.PutAsync("hamburger", ItemOf("hamburger.jpg", 8, "zenith") with { ProductId = "4712" });
        await items.PutAsync("pizza", ItemOf("pizza.webp", 11.9, "acme"));
        return table;
    }

    private static NewItem ItemOf(string file, double price, string brand) => new(Picture.FromFile(FileOf(file)))
    {
        Attributes = new Dictionary<string, AttributeValue> { ["price"] = price, ["brand"] = brand },
    };
}
