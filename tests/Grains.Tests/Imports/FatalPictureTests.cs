using ImageSearch.Grains.Imports;

namespace ImageSearch.Grains.Tests.Imports;

/// <summary>Pictures that crash the process, as a bug in a native library can.</summary>
public sealed class FatalPictureTests : ImportFixture
{
    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(31)]
    [InlineData(70)]
    [InlineData(13, 14)]
    [InlineData(0, 5, 40, 95)]
    public async Task Exactly_the_pictures_that_crash_the_process_are_skipped(params int[] fatal)
    {
        var urls = Urls(96);
        string[] fatalUrls = [.. fatal.Select(i => urls[i])];
        var import = await BeginAsync(urls);

        // Two crashes split a step and two more skip a picture; each picture may need both.
        var crashes = 0;
        while (!await RunProcessAsync(import, pieces: 3, fatalUrls)) (++crashes).ShouldBeLessThanOrEqualTo(4 * fatal.Length);

        (await FailuresAsync(import)).Select(failure => failure.Key).ShouldBe(fatalUrls);
        (await FailuresAsync(import)).ShouldAllBe(failure => failure.Message.Contains("left out"));
        (await Imports.FindImportAsync(import, default))!.Stored.ShouldBe(96 - fatal.Length);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(0, 5, 40, 95)]
    public async Task Exactly_the_pictures_that_crash_the_process_while_they_are_stored_are_skipped(params int[] fatal)
    {
        var urls = Urls(96);
        string[] fatalUrls = [.. fatal.Select(i => urls[i])];
        var import = await BeginAsync(urls);

        var crashes = 0;
        while (!await RunProcessAsync(import, pieces: 3, inStore: true, fatalUrls)) (++crashes).ShouldBeLessThanOrEqualTo(4 * fatal.Length);

        (await FailuresAsync(import)).Select(failure => failure.Key).ShouldBe(fatalUrls);
        (await Imports.FindImportAsync(import, default))!.Stored.ShouldBe(96 - fatal.Length);
    }

    [Fact]
    public async Task A_process_that_is_killed_once_skips_no_picture()
    {
        var urls = Urls(64);
        var import = await BeginAsync(urls);

        (await RunProcessAsync(import, pieces: 2, urls[20])).ShouldBeFalse();
        (await RunProcessAsync(import, pieces: 2)).ShouldBeTrue();

        (await FailuresAsync(import)).ShouldBeEmpty();
        (await Imports.FindImportAsync(import, default))!.Stored.ShouldBe(64);
    }

    /// <summary>Runs all pieces concurrently, as one process. True: all are complete. False: a fatal picture has crashed it.</summary>
    private Task<bool> RunProcessAsync(string import, int pieces, params string[] fatal) => RunProcessAsync(import, pieces, inStore: false, fatal);

    private async Task<bool> RunProcessAsync(string import, int pieces, bool inStore, params string[] fatal)
    {
        var store = new KillableImportStore(Imports);
        var crash = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource<Failure?>().Task;
        var pictures = new ScriptedPipeline(
            load: _ => crash.Task.IsCompleted ? never : Task.FromResult<Failure?>(null),
            embed: item => RunAsync(item, mayCrash: !inStore),
            store: item => RunAsync(item, mayCrash: inStore));
        var throttle = new ImportThrottle(new ImportOptions { MaxEmbeddings = 4, MaxFetches = 8 });
        var all = Task.WhenAll(Enumerable.Range(0, pieces).Select(number => Task.Run(() => AdvanceAsync(import, number, pictures, throttle, store))));
        if (await Task.WhenAny(all, crash.Task) == all)
        {
            await all;
            return true;
        }

        await store.KillAsync();
        return false;

        async Task<Failure?> RunAsync(ImportItem item, bool mayCrash)
        {
            await Task.Yield(); // Let the others start.
            if (mayCrash && fatal.Contains(item.Url)) crash.TrySetResult();
            return crash.Task.IsCompleted ? await never : null;
        }
    }
}
