using ImageSearch.Client.Imports;
using ImageSearch.Client.Items;
using ImageSearch.Client.Tables;
using ImageSearch.Client.Tests.Service;

namespace ImageSearch.Client.Tests.Faults;

public sealed class RetryTests
{
    private const string Item = """{"id":1,"key":"k"}""";
    private const string Import = """{"id":"1","table":"t","state":"running","began":"2026-11-27T09:30:00.000Z"}""";

    private static readonly NewItem Picture = new(Items.Picture.FromBytes(new byte[10]));

    [Fact]
    public async Task A_busy_service_is_asked_again_after_the_seconds_of_Retry_After()
    {
        await using var server = new FaultyServer(FaultyServer.Problem(503, "busy", "Retry-After: 7\r\n"), FaultyServer.Answer(200, Item));
        var clock = new RecordingClock();
        var client = server.NewClient(new ImageSearchClientOptions { Time = clock });
        (await client.Items("t").GetAsync("k")).Id.ShouldBe(1);
        clock.Waits.ShouldHaveSingleItem().TotalSeconds.ShouldBeInRange(7, 7.2);
    }

    [Fact]
    public async Task Waits_without_Retry_After_grow_and_end_with_the_last_repetition()
    {
        await using var server = new FaultyServer(FaultyServer.Problem(429, "rate_limited"));
        var clock = new RecordingClock();
        var client = server.NewClient(new ImageSearchClientOptions { Time = clock, RetryDelay = TimeSpan.FromSeconds(10), MaxRetryDelay = TimeSpan.FromSeconds(15) });
        var problem = await Should.ThrowAsync<ProblemException>(() => client.Items("t").GetAsync("k"));
        (problem.Code, server.Requests.Count).ShouldBe(("rate_limited", 4));
        clock.Waits.Count.ShouldBe(3);
        clock.Waits.ShouldAllBe(wait => wait <= TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_fails_at_once_and_says_how_long()
    {
        await using var server = new FaultyServer(FaultyServer.Problem(503, "busy", "Retry-After: 3600\r\n"));
        var problem = await Should.ThrowAsync<ProblemException>(() => server.NewClient().Items("t").GetAsync("k"));
        (problem.RetryAfter, server.Requests.Count).ShouldBe((TimeSpan.FromHours(1), 1));
    }

    [Fact]
    public async Task A_wrong_token_is_not_sent_again()
    {
        await using var server = new FaultyServer(FaultyServer.Problem(429, "too_many_tries", "Retry-After: 1\r\n"));
        await Should.ThrowAsync<ProblemException>(() => server.NewClient().Items("t").GetAsync("k"));
        server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_put_is_sent_again_when_the_connection_is_cut()
    {
        await using var server = new FaultyServer(FaultyServer.Cut, FaultyServer.CutAnswer("{", "application/json"), FaultyServer.Answer(201, Item));
        (await server.NewClient().Items("t").PutAsync("k", Picture)).Id.ShouldBe(1);
        server.Requests.Count.ShouldBe(3);
        server.Requests.ShouldAllBe(request => request.StartsWith("PUT /v1/tables/t/items/k ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_put_that_would_fail_the_second_time_is_not_sent_again()
    {
        await using var server = new FaultyServer(FaultyServer.Cut);
        foreach (var options in (PutOptions[])[new() { CreateOnly = true }, new() { IfMatch = "\"1\"" }, new() { OnExistingKey = KeyRule.Fail }])
            await Should.ThrowAsync<ConnectionException>(() => server.NewClient().Items("t").PutAsync("k", Picture, options));
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_put_that_a_busy_service_refused_is_sent_again_whatever_its_conditions()
    {
        await using var server = new FaultyServer(FaultyServer.Problem(503, "busy"), FaultyServer.Answer(201, Item));
        await server.NewClient().Items("t").PutAsync("k", Picture, new PutOptions { CreateOnly = true });
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_that_was_read_is_not_sent_again()
    {
        await using var server = new FaultyServer(FaultyServer.Cut);
        using var stream = new ForwardStream(new byte[10]);
        await Should.ThrowAsync<ConnectionException>(
            () => server.NewClient().Items("t").PutAsync("k", new NewItem(Items.Picture.FromStream(stream))));
        server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_refusal_before_the_body_leaves_the_stream_for_the_next_request()
    {
        await using var server = new FaultyServer(FaultyServer.Problem(503, "busy"), FaultyServer.Answer(202, Import));
        using var list = new ForwardStream("{\"url\":\"http://a/1.png\"}"u8.ToArray());
        var import = await server.NewClient().Imports.SendNdjsonAsync("t", list);
        (import.State, server.Requests.Count).ShouldBe((ImportState.Running, 2));
        server.Requests[1].ShouldContain("http://a/1.png");
    }

    [Fact]
    public async Task Repeated_imports_share_their_idempotency_key()
    {
        await using var server = new FaultyServer(FaultyServer.Cut, FaultyServer.Answer(202, Import));
        using var list = new MemoryStream("{\"url\":\"http://a/1.png\"}"u8.ToArray());
        await server.NewClient().Imports.SendNdjsonAsync("t", list);
        var keys = server.Requests.Select(request => request.Split("Idempotency-Key: ")[1].Split('\r')[0]).ToList();
        keys.Count.ShouldBe(2);
        keys.Distinct().ShouldHaveSingleItem().Length.ShouldBe(32);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_connection_failure()
    {
        var server = new FaultyServer(FaultyServer.Cut);
        await server.DisposeAsync();
        var failure = await Should.ThrowAsync<ConnectionException>(() => server.NewClient().Tables.GetAsync("t"));
        failure.IsTimeout.ShouldBeFalse();
    }
}
