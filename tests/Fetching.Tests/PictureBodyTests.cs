using ImageSearch.Memory;

namespace ImageSearch.Fetching.Tests;

/// <summary>Fetched and read bytes count in the budget that they share with uploads.</summary>
public sealed class PictureBodyTests
{
    private static RawServer Serving(int bytes) => new(async connection =>
    {
        await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {bytes}\r\n\r\n");
        await connection.WriteAsync(new byte[bytes]);
    });

    [Fact]
    public async Task A_fetched_picture_counts_until_it_is_disposed_of()
    {
        var budget = new ByteBudget(32);
        await using var server = Serving(3_000_000);
        using var fetcher = Fetchers.Allowing(server, budget: budget);

        var picture = (await fetcher.FetchAsync(server.Url, CancellationToken.None)).Value.ShouldNotBeNull();
        budget.Free.ShouldBeLessThanOrEqualTo(budget.Capacity - 3_000_000);

        picture.Dispose();
        budget.Free.ShouldBe(budget.Capacity);
    }

    [Fact]
    public async Task A_fetch_without_free_memory_is_rejected_as_busy_and_leaves_a_part_to_uploads()
    {
        var budget = new ByteBudget(32);
        await using var server = Serving(6_000_000);
        using var fetcher = Fetchers.Allowing(server, budget: budget);
        var pictures = new List<LoadedPicture>();
        Failure? failure = null;
        while (pictures.Count < 10 && (await fetcher.FetchAsync(server.Url, CancellationToken.None)).TryGet(out var picture, out failure))
            pictures.Add(picture);

        failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.Busy);
        pictures.Count.ShouldBeGreaterThan(1);
        budget.Free.ShouldBeGreaterThan(1_000_000);

        foreach (var picture in pictures) picture.Dispose();
        budget.Free.ShouldBe(budget.Capacity);
        (await fetcher.FetchAsync(server.Url, CancellationToken.None)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task An_announced_length_reserves_no_memory()
    {
        var budget = new ByteBudget(32);
        await using var server = new RawServer(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n");
            await connection.HangAsync();
        });
        using var fetcher = Fetchers.Allowing(server, budget: budget);
        using var client = new CancellationTokenSource();
        var fetch = fetcher.FetchAsync(server.Url, client.Token);
        await server.Reached.Task;

        budget.Free.ShouldBeGreaterThan(budget.Capacity - 1_000_000);

        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(fetch);
        budget.Free.ShouldBe(budget.Capacity);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")]
    public async Task A_rejected_response_frees_its_memory(string response)
    {
        var budget = new ByteBudget(32);
        await using var server = new RawServer(response);
        using var fetcher = Fetchers.Allowing(server, budget: budget);

        (await fetcher.FetchAsync(server.Url, CancellationToken.None)).Failure.ShouldNotBeNull();
        budget.Free.ShouldBe(budget.Capacity);
    }
}
