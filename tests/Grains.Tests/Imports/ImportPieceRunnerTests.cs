using ImageSearch.Grains.Imports;

namespace ImageSearch.Grains.Tests.Imports;

/// <summary>How the pictures of an import's pieces are imported.</summary>
public sealed class ImportPieceRunnerTests : ImportFixture
{
    private static ImportOptions FewPermits => new() { MaxFetches = 8, MaxEmbeddings = 2, RetryDelay = TimeSpan.Zero };

    [Fact]
    public async Task Slow_hosts_of_one_import_do_not_delay_the_pictures_of_another()
    {
        var never = new TaskCompletionSource<Failure?>();
        var pictures = new ScriptedPipeline(load: item => item.Url!.Contains("silent", StringComparison.Ordinal) ? never.Task : Task.FromResult<Failure?>(null));
        var throttle = new ImportThrottle(FewPermits);
        var silent = await BeginAsync(Urls(200, "silent.example"));
        var shop = await BeginAsync(Urls(200));
        List<Task> held = [.. Enumerable.Range(0, 7).Select(number => AdvanceAsync(silent, number, pictures, throttle))];

        await Task.WhenAll(Enumerable.Range(0, 7).Select(number => AdvanceAsync(shop, number, pictures, throttle)));

        (await Imports.FindImportAsync(shop, default))!.Stored.ShouldBe(200);
        pictures.Loaded.Count(url => url.Contains("silent", StringComparison.Ordinal)).ShouldBe(5);
        never.SetResult(null);
        await Task.WhenAll(held);
        (await Imports.FindImportAsync(silent, default))!.Stored.ShouldBe(200);
    }

    [Fact]
    public async Task Loaded_pictures_keep_their_fetch_permits_so_their_number_is_bounded()
    {
        var embed = new TaskCompletionSource<Failure?>();
        var pictures = new ScriptedPipeline(embed: _ => embed.Task);
        var import = await BeginAsync(Urls(64));
        var throttle = new ImportThrottle(FewPermits);
        Task[] running = [AdvanceAsync(import, 0, pictures, throttle), AdvanceAsync(import, 1, pictures, throttle)];

        pictures.Loaded.Count.ShouldBeLessThanOrEqualTo(FewPermits.MaxFetches + FewPermits.MaxEmbeddings);
        embed.SetResult(null);
        await Task.WhenAll(running);
        (await Imports.FindImportAsync(import, default))!.Stored.ShouldBe(64);
    }

    [Fact]
    public async Task A_picture_that_is_being_stored_holds_no_permit()
    {
        var stored = new TaskCompletionSource<Failure?>();
        var (embedded, all) = (0, new TaskCompletionSource());
        var pictures = new ScriptedPipeline(
            embed: _ =>
            {
                if (Interlocked.Increment(ref embedded) == 16) all.SetResult();
                return Task.FromResult<Failure?>(null);
            },
            store: _ => stored.Task);
        var import = await BeginAsync(Urls(64));
        var throttle = new ImportThrottle(FewPermits);
        Task[] running = [AdvanceAsync(import, 0, pictures, throttle), AdvanceAsync(import, 1, pictures, throttle)];

        await all.Task; // Both steps of eight, with two permits for embedding.
        stored.SetResult(null);

        await Task.WhenAll(running);
        (await Imports.FindImportAsync(import, default))!.Stored.ShouldBe(64);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public async Task A_url_is_retried_unless_its_failure_is_lasting(bool isLasting, int times)
    {
        var pictures = new ScriptedPipeline(
            load: _ => Task.FromResult<Failure?>(new Failure(FailureCode.UrlUnreachable, "status") { IsLasting = isLasting }));
        var import = await BeginAsync(Urls(1));

        await AdvanceAsync(import, 0, pictures, new ImportThrottle(FewPermits));

        pictures.Loaded.Count.ShouldBe(times);
        (await FailuresAsync(import)).Single().Code.ShouldBe(FailureCode.UrlUnreachable);
    }

    [Fact]
    public async Task A_picture_that_has_started_completes_after_its_time_slice()
    {
        var options = FewPermits with { TimeSlice = TimeSpan.FromMilliseconds(1) };
        var pictures = new ScriptedPipeline(load: async _ =>
        {
            await Task.Delay(20); // Each attempt takes longer than a slice.
            return new Failure(FailureCode.UrlTimeout, "silent");
        });
        var import = await BeginAsync(Urls(1));

        for (var slices = 0; slices < 20 && (await FailuresAsync(import)).Length == 0; slices++)
            await AdvanceAsync(import, 0, pictures, new ImportThrottle(options), options: options);

        (await FailuresAsync(import)).Single().Code.ShouldBe(FailureCode.UrlTimeout);
        pictures.Loaded.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_repeated_obstacle_does_not_count_as_a_crash()
    {
        var busy = true;
        var pictures = new ScriptedPipeline(store: _ => Task.FromResult(busy ? new Failure(FailureCode.CatalogUnavailable, "away") : null));
        var import = await BeginAsync(Urls(20));
        for (var i = 0; i < 10; i++)
            (await AdvanceAsync(import, 0, pictures, new ImportThrottle(FewPermits))).ShouldNotBeNull().Code.ShouldBe(FailureCode.CatalogUnavailable);

        busy = false;
        (await AdvanceAsync(import, 0, pictures, new ImportThrottle(FewPermits))).ShouldBeNull();

        (await FailuresAsync(import)).ShouldBeEmpty();
        (await Imports.FindImportAsync(import, default))!.Stored.ShouldBe(20);
    }
}
