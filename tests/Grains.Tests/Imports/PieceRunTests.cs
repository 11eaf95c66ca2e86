using ImageSearch.Grains.Imports;

namespace ImageSearch.Grains.Tests.Imports;

/// <summary>How the pictures of an import's pieces are taken.</summary>
public sealed class PieceRunTests : ImportFixture
{
    private static ImportOptions FewPlaces => new() { FetchesAtATime = 8, PicturesAtATime = 2, Pause = TimeSpan.Zero };

    [Fact]
    public async Task Slow_hosts_of_one_import_do_not_hold_up_another_s_pictures()
    {
        var never = new TaskCompletionSource<Failure?>();
        var pictures = new ScriptedPictures(load: item => item.Url!.Contains("silent", StringComparison.Ordinal) ? never.Task : Task.FromResult<Failure?>(null));
        var lanes = new ImportThrottle(FewPlaces);
        var silent = await BeginAsync(Urls(200, "silent.example"));
        var shop = await BeginAsync(Urls(200));
        List<Task> held = [.. Enumerable.Range(0, 7).Select(number => AdvanceAsync(silent, number, pictures, lanes))];

        await Task.WhenAll(Enumerable.Range(0, 7).Select(number => AdvanceAsync(shop, number, pictures, lanes)));

        (await Imports.FindImportAsync(shop, default))!.Stored.ShouldBe(200);
        pictures.Loaded.Count(url => url.Contains("silent", StringComparison.Ordinal)).ShouldBe(5);
        never.SetResult(null);
        await Task.WhenAll(held);
        (await Imports.FindImportAsync(silent, default))!.Stored.ShouldBe(200);
    }

    [Fact]
    public async Task Pictures_that_have_come_wait_in_places_for_fetching_and_not_without_bound()
    {
        var store = new TaskCompletionSource<Failure?>();
        var pictures = new ScriptedPictures(store: _ => store.Task);
        var import = await BeginAsync(Urls(64));
        var lanes = new ImportThrottle(FewPlaces);
        Task[] running = [AdvanceAsync(import, 0, pictures, lanes), AdvanceAsync(import, 1, pictures, lanes)];

        store.Task.IsCompleted.ShouldBeFalse();
        pictures.Loaded.Count.ShouldBeLessThanOrEqualTo(FewPlaces.FetchesAtATime + FewPlaces.PicturesAtATime);
        store.SetResult(null);
        await Task.WhenAll(running);
        (await Imports.FindImportAsync(import, default))!.Stored.ShouldBe(64);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public async Task A_url_is_asked_for_again_unless_its_failure_is_lasting(bool isLasting, int times)
    {
        var pictures = new ScriptedPictures(
            load: _ => Task.FromResult<Failure?>(new Failure(FailureCode.UrlUnreachable, "status") { IsLasting = isLasting }));
        var import = await BeginAsync(Urls(1));

        await AdvanceAsync(import, 0, pictures, new ImportThrottle(FewPlaces));

        pictures.Loaded.Count.ShouldBe(times);
        (await FailuresAsync(import)).Single().Code.ShouldBe(FailureCode.UrlUnreachable);
    }

    [Fact]
    public async Task A_picture_that_was_begun_comes_to_an_end_after_its_turn()
    {
        var options = FewPlaces with { Turn = TimeSpan.FromMilliseconds(1) };
        var pictures = new ScriptedPictures(load: async _ =>
        {
            await Task.Delay(20); // Each try is longer than a turn.
            return new Failure(FailureCode.UrlTimeout, "silent");
        });
        var import = await BeginAsync(Urls(1));

        for (var turns = 0; turns < 20 && (await FailuresAsync(import)).Length == 0; turns++)
            await AdvanceAsync(import, 0, pictures, new ImportThrottle(options), options: options);

        (await FailuresAsync(import)).Single().Code.ShouldBe(FailureCode.UrlTimeout);
        pictures.Loaded.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_in_the_way_is_no_end_of_the_process_however_often_it_comes()
    {
        var busy = true;
        var pictures = new ScriptedPictures(store: _ => Task.FromResult(busy ? new Failure(FailureCode.CatalogUnavailable, "away") : null));
        var import = await BeginAsync(Urls(20));
        for (var i = 0; i < 10; i++)
            (await AdvanceAsync(import, 0, pictures, new ImportThrottle(FewPlaces))).ShouldNotBeNull().Code.ShouldBe(FailureCode.CatalogUnavailable);

        busy = false;
        (await AdvanceAsync(import, 0, pictures, new ImportThrottle(FewPlaces))).ShouldBeNull();

        (await FailuresAsync(import)).ShouldBeEmpty();
        (await Imports.FindImportAsync(import, default))!.Stored.ShouldBe(20);
    }
}
