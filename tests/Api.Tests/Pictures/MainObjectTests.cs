using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ImageSearch.Api.Tests.Docs;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Pictures;

/// <summary>The setting MAIN_OBJECT: the distance of a product from its photo in a scene.</summary>
public sealed class MainObjectTests
{
    [Fact]
    public async Task A_search_by_a_scene_is_nearer_to_the_product_with_a_vector_of_the_main_object()
    {
        var whole = await DistanceAsync("off", inTable: "strawberry.jpg", searched: "strawberry-in-a-scene.jpg");
        var withObject = await DistanceAsync("query", inTable: "strawberry.jpg", searched: "strawberry-in-a-scene.jpg");
        withObject.ShouldBeLessThan(whole - 0.2);
    }

    [Fact]
    public async Task A_scene_in_the_table_is_nearer_to_the_product_when_its_main_object_is_stored_too()
    {
        var query = await DistanceAsync("query", inTable: "strawberry-in-a-scene.jpg", searched: "strawberry.jpg");
        var both = await DistanceAsync("both", inTable: "strawberry-in-a-scene.jpg", searched: "strawberry.jpg");
        both.ShouldBeLessThan(query - 0.2);
    }

    private static async Task<double> DistanceAsync(string mainObject, string inTable, string searched)
    {
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["MAIN_OBJECT"] = mainObject });
        await service.Client.PostAsync(new Uri("/milvus/img/table?table=t", UriKind.Relative), null);
        await PostAsync(service, "add", inTable);
        var found = await PostAsync(service, "search", searched);
        return found["data"]![0]!["distance"]!.GetValue<double>();
    }

    private static async Task<JsonNode> PostAsync(ServiceProcess service, string call, string sample)
    {
        var image = Convert.ToBase64String(await File.ReadAllBytesAsync(Path.Combine(ReadmeBlocks.Root(), "samples", sample)));
        using var answer = await service.Client.PostAsJsonAsync(new Uri($"/milvus/img/{call}", UriKind.Relative), new { table = "t", image });
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        body["code"]!.GetValue<int>().ShouldBe(10000, body.ToJsonString());
        return body;
    }
}
