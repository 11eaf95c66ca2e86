using System.Runtime.Versioning;
using ImageSearch.Fetching.Paths;

namespace ImageSearch.Fetching.Tests;

[SupportedOSPlatform("linux")]
public sealed class LinuxPictureFileReaderTests : PictureFileReaderTests
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
    public async Task A_file_longer_than_its_reported_length_is_read_up_to_the_limit_only()
    {
        // The kernel reports a length of 0.
        var result = await ReadAsync("/proc/self/maps", root: "/proc/self", maxBytes: 4);

        result.Failure.ShouldNotBeNull().Message.ShouldContain("larger than 4 bytes");
    }

    [Fact]
    public async Task A_link_that_is_changed_during_the_check_never_reveals_a_file_outside()
    {
        var seen = new HashSet<string>();
        var changes = 0;
        using var stop = new CancellationTokenSource();
        var changing = Task.Run(() =>
        {
            for (; !stop.IsCancellationRequested; Interlocked.Increment(ref changes))
            {
                File.CreateSymbolicLink(At("img/next"), changes % 2 == 0 ? At("img/shoe.jpg") : At("secret.jpg"));
                File.Move(At("img/next"), At("img/changing.jpg"), overwrite: true);
            }
        });

        // Both threads need their share of time: the link may point inside during a whole time slice.
        for (var reads = 0; reads < 4000 || Volatile.Read(ref changes) < 4000 || seen.Count == 0; reads++)
        {
            if ((await ReadAsync(At("img/changing.jpg"))).TryGet(out var picture, out _))
                seen.Add(System.Text.Encoding.ASCII.GetString(picture.Content.Span));
        }

        await stop.CancelAsync();
        await changing;
        seen.ShouldBe(["shoe"]);
    }
}
