using System.Runtime.Versioning;
using ImageSearch.Fetching.Paths;

namespace ImageSearch.Fetching.Tests;

[SupportedOSPlatform("linux")]
public sealed class LinuxPicturePathTests : PicturePathTests
{
    private protected override IRootedFiles Files(IReadOnlyList<string> roots) => new LinuxRootedFiles(roots);

    [Fact]
    public async Task A_link_that_stays_below_the_root_is_followed()
    {
        Directory.CreateSymbolicLink(At("img/near"), At("img/sub"));
        File.CreateSymbolicLink(At("img/link.jpg"), "near/boot.jpg");

        await ShouldReadAsync(At("img/near/boot.jpg"), "boot");
        await ShouldReadAsync(At("img/link.jpg"), "boot");
    }

    [Fact]
    public async Task A_link_that_leaves_the_root_and_comes_back_is_followed()
    {
        Directory.CreateSymbolicLink(At("img/round"), At("img2/../img/sub"));

        await ShouldReadAsync(At("img/round/boot.jpg"), "boot");
    }

    [Fact]
    public async Task A_root_that_is_moved_to_another_folder_is_followed_there()
    {
        Directory.CreateSymbolicLink(At("pictures"), Root);
        Directory.Delete(At("pictures"));
        Directory.CreateSymbolicLink(At("pictures"), At("img2"));

        await ShouldReadAsync(At("pictures/secret.jpg"), "secret", root: At("pictures"));
    }

    [Fact]
    public async Task A_file_longer_than_the_system_says_is_read_up_to_the_limit_only()
    {
        // The kernel says 0 bytes of it.
        var result = await ReadAsync("/proc/self/maps", root: "/proc/self", maxBytes: 4);

        result.Failure.ShouldNotBeNull().Message.ShouldContain("larger than 4 bytes");
    }

    [Fact]
    public async Task A_link_turned_outside_while_being_judged_never_shows_a_file_outside()
    {
        var seen = new HashSet<string>();
        var turns = 0;
        using var stop = new CancellationTokenSource();
        var turning = Task.Run(() =>
        {
            for (; !stop.IsCancellationRequested; Interlocked.Increment(ref turns))
            {
                File.CreateSymbolicLink(At("img/next"), turns % 2 == 0 ? At("img/shoe.jpg") : At("secret.jpg"));
                File.Move(At("img/next"), At("img/turning.jpg"), overwrite: true);
            }
        });

        // Both sides have to have had their turns: the link may be inside for all of one side's time slice.
        for (var reads = 0; reads < 4000 || Volatile.Read(ref turns) < 4000 || seen.Count == 0; reads++)
        {
            if ((await ReadAsync(At("img/turning.jpg"))).TryGet(out var picture, out _))
                seen.Add(System.Text.Encoding.ASCII.GetString(picture.Content.Span));
        }

        await stop.CancelAsync();
        await turning;
        seen.ShouldBe(["shoe"]);
    }
}
