using ImageSearch.Client.Imports;
using ImageSearch.Client.Items;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Tests.Faults;

public sealed class AnswerTests
{
    [Fact]
    public async Task A_service_that_can_not_work_says_so_instead_of_failing()
    {
        await using var server = new FaultyServer(FaultyServer.Answer(503, """{"status":"Unhealthy","role":"alone","checks":{"catalog":"down"},"waitingRows":3}"""));
        var health = await server.NewClient().GetHealthAsync();
        (health.IsHealthy, health.WaitingRows, health.Checks["catalog"]).ShouldBe((false, 3, "down"));
    }

    [Fact]
    public async Task An_export_that_breaks_off_is_an_exception()
    {
        await using var server = new FaultyServer(FaultyServer.CutAnswer("{}\n", "application/x-ndjson"));
        using var list = new MemoryStream();
        await Should.ThrowAsync<ConnectionException>(() => server.NewClient().Items("shop").ExportToAsync(list));
    }

    [Fact]
    public async Task A_proxys_page_has_its_status_and_no_code()
    {
        await using var server = new FaultyServer(FaultyServer.Answer(418, "<html>teapot</html>", "X-Request-Id: abc\r\n", "text/html"));
        var problem = await Should.ThrowAsync<ProblemException>(() => server.NewClient().Tables.GetAsync("t"));
        ((int)problem.Status, problem.Code, problem.RequestId).ShouldBe((418, null, "abc"));
        problem.Message.ShouldContain("418");
    }

    [Fact]
    public async Task A_problem_that_is_broken_off_has_its_status()
    {
        await using var server = new FaultyServer(FaultyServer.Answer(400, "{\"type\":\"/v1/pro", type: "application/problem+json"));
        (await Should.ThrowAsync<ProblemException>(() => server.NewClient().Tables.GetAsync("t"))).Problem.Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_is_not_one_of_the_service()
    {
        await using var server = new FaultyServer(FaultyServer.Answer(200, "<html>welcome</html>", type: "text/html"));
        await Should.ThrowAsync<AnswerException>(() => server.NewClient().Tables.GetAsync("t"));
        server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Members_and_words_of_a_newer_service_do_not_disturb()
    {
        await using var server = new FaultyServer(FaultyServer.Answer(
            200,
            """{"name":"t","metric":"hamming","state":"sleeping","future":{"a":[1]},"attributes":[{"name":"a","type":"geo","indexed":true}],"rows":3}"""));
        var table = await server.NewClient().Tables.GetAsync("t");
        (table.Metric, table.State, table.Rows, table.Attributes[0].Type).ShouldBe((Metric.Unknown, TableState.Unknown, 3, AttributeType.Unknown));
    }

    [Fact]
    public async Task A_value_of_an_unknown_kind_is_null()
    {
        await using var server = new FaultyServer(FaultyServer.Answer(200, """{"id":1,"attributes":{"place":{"lat":1},"price":2}}"""));
        var attributes = (await server.NewClient().Items("t").GetAsync(1)).Attributes!;
        (attributes["place"].IsNull, attributes["price"].Number).ShouldBe((true, 2));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_ends_the_call_after_the_timeout_once()
    {
        await using var server = new FaultyServer(FaultyServer.Cut) { StaysOpen = true };
        var client = server.NewClient(new ImageSearchClientOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        (await Should.ThrowAsync<ConnectionException>(() => client.Tables.GetAsync("t"))).IsTimeout.ShouldBeTrue();
        server.Requests.Count.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_and_not_failed()
    {
        await using var server = new FaultyServer(FaultyServer.Cut) { StaysOpen = true };
        using var cancellation = new CancellationTokenSource();
        var call = server.NewClient().Tables.GetAsync("t", cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task An_export_that_is_cut_gives_its_items_and_then_fails()
    {
        await using var server = new FaultyServer(FaultyServer.CutAnswer("{\"id\":1}\n{\"id\":2}\n{\"id\"", "application/x-ndjson"));
        var ids = new List<long>();
        await Should.ThrowAsync<ConnectionException>(async () =>
        {
            await foreach (var item in server.NewClient().Items("t").ExportAsync()) ids.Add(item.Id);
        });
        ids.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task An_export_that_stops_sending_ends_after_the_timeout()
    {
        await using var server = new FaultyServer(FaultyServer.CutAnswer("{\"id\":1}\n", "application/x-ndjson")) { StaysOpen = true };
        var client = server.NewClient(new ImageSearchClientOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        (await Should.ThrowAsync<ConnectionException>(async () => await DrainAsync(client.Items("t").ExportAsync()))).IsTimeout.ShouldBeTrue();
    }

    [Fact]
    public async Task Events_that_end_early_are_opened_again_until_the_end()
    {
        const string Events = "text/event-stream";
        await using var server = new FaultyServer(
            FaultyServer.Answer(200, "event: progress\ndata: {\"state\":\"running\",\"stored\":1}\n\n", type: Events),
            FaultyServer.CutAnswer("event: progress\ndata: {\"state\":\"running\",\"stored\":2}\n\nevent: prog", Events),
            FaultyServer.Answer(200, "event: news\ndata: ?\n\nevent: end\ndata: {\"state\":\"finished\",\"stored\":3}\n\n", type: Events));
        var progress = await DrainAsync(server.NewClient().Imports.WatchAsync("1"));
        progress.Select(one => one.Stored).ShouldBe([1, 2, 3]);
        progress[^1].State.ShouldBe(ImportState.Finished);
    }

    [Fact]
    public async Task Events_that_always_end_early_are_a_failure()
    {
        await using var server = new FaultyServer(FaultyServer.Answer(200, ":\n\n", type: "text/event-stream"));
        await Should.ThrowAsync<ConnectionException>(async () => await DrainAsync(server.NewClient().Imports.WatchAsync("1")));
        server.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Every_request_has_the_token_the_client_and_the_application()
    {
        await using var server = new FaultyServer(FaultyServer.Answer(200, """{"name":"t"}"""));
        await server.NewClient(new ImageSearchClientOptions { Token = "secret", Application = "my-shop/1.4" }).Tables.GetAsync("t");
        server.Requests[0].ShouldContain("token: secret\r\n");
        server.Requests[0].ShouldMatch(@"User-Agent: ImageSearch\.Client/\d+\.\d+\.\d+ my-shop/1\.4\r\n");
        new ImageSearchClientOptions { Token = "secret" }.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public void A_key_that_no_path_can_name_is_refused_before_a_request()
    {
        Should.Throw<ArgumentException>(() => { ItemReference item = ".."; });
        Should.Throw<ArgumentException>(() => { ItemReference item = " "; });
    }

    [Fact]
    public async Task A_word_that_is_not_known_is_not_sent()
    {
        await using var server = new FaultyServer(FaultyServer.Answer(200, "{}"));
        await Should.ThrowAsync<ArgumentException>(() => server.NewClient().Tables.CreateAsync("t", new TableSettings { Metric = Metric.Unknown }));
        server.Requests.ShouldBeEmpty();
    }

    private static async Task<List<T>> DrainAsync<T>(IAsyncEnumerable<T> sequence)
    {
        var all = new List<T>();
        await foreach (var one in sequence) all.Add(one);
        return all;
    }
}
