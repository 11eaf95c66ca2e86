using ImageSearch.Api.Tests.Running;
using ImageSearch.Client.Items;
using ImageSearch.Client.Problems;
using ImageSearch.Client.Search;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Tests.Service;

[Collection(ServiceGroup.Name)]
public sealed class SearchTests(ClientService service) : IAsyncLifetime
{
    private const string Table = "search";

    private readonly SearchCalls _search = service.Client.Search;

    public async Task InitializeAsync()
    {
        await service.Client.Tables.CreateAsync(
            Table, new TableSettings { Metric = Metric.Cosine, Attributes = [AttributeDefinition.Of("price", AttributeType.Number)] });
        await service.Client.Items(Table).BatchAsync(GoldenPicture.Different.Select((picture, i) => BatchOperation.Put(
            $"{i}",
            new NewItem(Picture.FromBytes(picture)) { ProductId = $"{i / 2}", Attributes = new Dictionary<string, AttributeValue> { ["price"] = i } },
            KeyRule.Skip)));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_picture_finds_itself()
    {
        using var stream = new MemoryStream(GoldenPicture.Bottle);
        using var forward = new ForwardStream(GoldenPicture.Bottle);
        foreach (var picture in (Picture[])
                 [Picture.FromBytes(GoldenPicture.Bottle), Picture.FromStream(stream), Picture.FromStream(forward), Picture.FromBase64(GoldenPicture.Bottle.Base64())])
        {
            var answer = await _search.FindAsync(Table, new SearchQuery(picture) { Limit = 1 });
            answer.Metric.ShouldBe(Metric.Cosine);
            answer.Hits.ShouldHaveSingleItem().Key.ShouldBe("1");
            answer.Hits[0].Score!.Value.ShouldBe(1, 0.01);
            answer.Hits[0].Distance.ShouldNotBeNull();
            // The service leaves both out.
            (answer.Notes.Count, answer.Detected.Count).ShouldBe((0, 0));
        }
    }

    [Fact]
    public async Task An_upload_takes_every_choice_beside_it()
    {
        var answer = await _search.FindAsync(Table, new SearchQuery(Example.OfPicture(Picture.FromBytes(GoldenPicture.Bottle)) with
        {
            Region = Region.Shares(0, 0, 1, 0.9),
        })
        {
            Limit = 3,
            MinScore = 0.1,
            Filter = "price < 6",
            GroupBy = "product_id",
            OrderBy = "score, price desc",
            Fields = ["key", "product_id"],
            WithVectors = true,
            MainObject = MainObjectRule.Off,
            Detect = true,
            Explain = true,
        });
        answer.Hits.Count.ShouldBe(3);
        answer.Hits.Select(hit => hit.ProductId).ShouldBeUnique();
        answer.Hits[0].Vector.ShouldNotBeNull();
        answer.Hits[0].Attributes.ShouldBeNull();
        answer.Explain!.Method.ShouldNotBeEmpty();
        answer.Detected.ShouldHaveSingleItem().Width.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Items_vectors_and_several_examples_search_too()
    {
        var vector = (await service.Client.Items(Table).GetAsync("2", withVector: true)).Vector!.Value;
        (await _search.FindAsync(Table, new SearchQuery(Example.OfVector(vector)))).Hits[0].Key.ShouldBe("2");
        (await _search.FindAsync(Table, new SearchQuery(Example.OfItem("2")))).Hits.ShouldNotContain(hit => hit.Key == "2");

        var doubled = vector.ToArray().Select(value => value * 2).ToArray();
        var mixed = await _search.FindAsync(Table, new SearchQuery(
            Example.OfVector(doubled),
            Example.OfPicture(Picture.FromBytes(GoldenPicture.Arrow)) with { Region = Region.Pixels(0, 0, 20, 20) },
            Example.OfItem("0") with { IsNegative = true }));
        mixed.Hits[0].Key.ShouldBe("2");
        mixed.Notes.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Pages_have_every_hit_once()
    {
        var keys = new List<string?>();
        await foreach (var hit in _search.ListAsync(Table, new SearchQuery(Picture.FromBytes(GoldenPicture.Flag)) { Limit = 3 })) keys.Add(hit.Key);
        keys.Order().ShouldBe(Enumerable.Range(0, GoldenPicture.Different.Count).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Each_of_several_searches_has_an_answer_or_a_problem()
    {
        var results = await _search.FindManyAsync(
        [
            new TableQuery(Table, new SearchQuery(Picture.FromBytes(GoldenPicture.Flag)) { Limit = 1 }),
            new TableQuery("no_such_table", new SearchQuery(Example.OfItem("1"))),
        ]);
        results.Select(result => result.Status).ShouldBe([200, 404]);
        results[0].Result!.Hits[0].Key.ShouldBe("0");
        (results[1].Problem!.Code, results[1].Problem!.Field).ShouldBe((ProblemCode.TableNotFound, "queries[1].table"));
    }
}
