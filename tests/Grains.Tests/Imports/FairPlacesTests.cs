using ImageSearch.Grains.Imports;

namespace ImageSearch.Grains.Tests.Imports;

public sealed class FairPlacesTests
{
    private readonly List<string> _granted = [];

    private static async Task<IDisposable[]> TakeAsync(FairPlaces places, string import, int count, string host = "") =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => places.TakeAsync(import, host, default)));

    // Writes down the order in which waiters come to their places; each gives its own back at once.
    private async Task PassAsync(FairPlaces places, string import, string host = "")
    {
        using var place = await places.TakeAsync(import, host, default);
        lock (_granted) _granted.Add(import + host);
    }

    [Fact]
    public async Task An_import_alone_leaves_some_places_to_one_that_comes()
    {
        var places = new FairPlaces(8, mostEach: 6, mostHost: 6);
        await TakeAsync(places, "a", 6);

        var seventh = places.TakeAsync("a", "", default);
        await TakeAsync(places, "b", 2);

        seventh.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_free_place_goes_to_the_import_that_holds_the_fewest()
    {
        var places = new FairPlaces(3, 3, 3);
        var a = await TakeAsync(places, "a", 3);
        var waiting = TakeAsync(places, "a", 5);
        var first = places.TakeAsync("b", "", default);
        var second = places.TakeAsync("b", "", default);

        a[0].Dispose();
        await first;
        a[1].Dispose(); // One each: the next is for "a", whose turn is longer ago.
        second.IsCompleted.ShouldBeFalse();
        a[2].Dispose();

        await second;
        waiting.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Imports_with_long_queues_take_turns_at_one_place()
    {
        var places = new FairPlaces(1, 1, 1);
        var held = await places.TakeAsync("x", "", default);
        List<Task> passing = [.. Enumerable.Range(0, 20).Select(_ => PassAsync(places, "a"))];
        passing.AddRange(Enumerable.Range(0, 20).Select(_ => PassAsync(places, "b")));

        held.Dispose();
        await Task.WhenAll(passing);

        _granted.Take(20).Count(import => import == "b").ShouldBe(10);
    }

    [Fact]
    public async Task One_host_does_not_hold_all_places_of_its_import()
    {
        var places = new FairPlaces(8, mostEach: 6, mostHost: 5);
        await TakeAsync(places, "a", 5, "silent.example");

        var sixth = places.TakeAsync("a", "silent.example", default);
        await places.TakeAsync("a", "shop.example", default);

        sixth.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_waiter_that_has_gone_is_passed_over()
    {
        var places = new FairPlaces(1, 1, 1);
        var held = await places.TakeAsync("a", "", default);
        using var gone = new CancellationTokenSource();
        var first = places.TakeAsync("a", "", gone.Token);
        var second = places.TakeAsync("a", "", default);

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        held.Dispose();
        held.Dispose(); // Given back once.

        (await second).Dispose();
        await TakeAsync(places, "b", 1);
    }

    [Fact]
    public async Task Who_takes_all_places_waits_for_all_and_keeps_others_out()
    {
        var places = new FairPlaces(2, 2, 2);
        var held = await TakeAsync(places, "a", 2);
        var all = places.TakeAllAsync(default);
        var later = places.TakeAsync("b", "", default);

        held[0].Dispose();
        (all.IsCompleted, later.IsCompleted).ShouldBe((false, false));
        held[1].Dispose();

        var alone = await all;
        later.IsCompleted.ShouldBeFalse();
        alone.Dispose();
        await later;
    }

    [Fact]
    public async Task Others_go_on_when_who_waits_for_all_places_has_gone()
    {
        var places = new FairPlaces(2, 2, 2);
        await TakeAsync(places, "a", 1);
        using var gone = new CancellationTokenSource();
        var all = places.TakeAllAsync(gone.Token);
        var later = places.TakeAsync("b", "", default);

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(all);
        await later;
    }
}
