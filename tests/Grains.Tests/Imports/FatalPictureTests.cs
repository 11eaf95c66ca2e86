using ImageSearch.Grains.Imports;

namespace ImageSearch.Grains.Tests.Imports;

/// <summary>Pictures that end the process that works on them, as a fault of a native library does.</summary>
public sealed class FatalPictureTests : ImportFixture
{
    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(31)]
    [InlineData(70)]
    [InlineData(13, 14)]
    [InlineData(0, 5, 40, 95)]
    public async Task Exactly_the_pictures_that_end_the_process_are_left_out(params int[] fatal)
    {
        var urls = Urls(96);
        string[] fatalUrls = [.. fatal.Select(i => urls[i])];
        var import = await BeginAsync(urls);

        // Two ends take a step apart and two more leave a picture out; each picture may need both.
        var lives = 0;
        while (!await LiveAsync(import, pieces: 3, fatalUrls)) (++lives).ShouldBeLessThanOrEqualTo(4 * fatal.Length);

        (await FailuresAsync(import)).Select(failure => failure.Key).ShouldBe(fatalUrls);
        (await FailuresAsync(import)).ShouldAllBe(failure => failure.Message.Contains("left out"));
        (await Imports.FindImportAsync(import, default))!.Stored.ShouldBe(96 - fatal.Length);
    }

    [Fact]
    public async Task A_process_that_is_killed_once_leaves_no_picture_out()
    {
        var urls = Urls(64);
        var import = await BeginAsync(urls);

        (await LiveAsync(import, pieces: 2, urls[20])).ShouldBeFalse();
        (await LiveAsync(import, pieces: 2)).ShouldBeTrue();

        (await FailuresAsync(import)).ShouldBeEmpty();
        (await Imports.FindImportAsync(import, default))!.Stored.ShouldBe(64);
    }

    /// <summary>A process that takes all pieces at a time until they are done or one of the fatal pictures ends it.</summary>
    private async Task<bool> LiveAsync(string import, int pieces, params string[] fatal)
    {
        var store = new MortalStore(Imports);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource<Failure?>().Task;
        var pictures = new ScriptedPictures(
            load: _ => end.Task.IsCompleted ? never : Task.FromResult<Failure?>(null),
            store: async item =>
            {
                await Task.Yield(); // Others are under way.
                if (fatal.Contains(item.Url)) end.TrySetResult();
                return end.Task.IsCompleted ? await never : null;
            });
        var lanes = new ImportThrottle(new ImportOptions { PicturesAtATime = 4, FetchesAtATime = 8 });
        var all = Task.WhenAll(Enumerable.Range(0, pieces).Select(number => Task.Run(() => AdvanceAsync(import, number, pictures, lanes, store))));
        if (await Task.WhenAny(all, end.Task) == all)
        {
            await all;
            return true;
        }

        await store.DieAsync();
        return false;
    }
}
