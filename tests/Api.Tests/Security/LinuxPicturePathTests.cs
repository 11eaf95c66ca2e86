using System.Runtime.Versioning;
using ImageSearch.Api.Security;

namespace ImageSearch.Api.Tests.Security;

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
    public async Task A_folder_swapped_for_a_link_while_being_read_never_shows_a_file_outside()
    {
        Write("outside/boot.jpg", "secret");
        var seen = new List<string>();
        using var stop = new CancellationTokenSource();
        var swapping = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Directory.Move(At("img/sub"), At("kept"));
                Directory.CreateSymbolicLink(At("img/sub"), At("outside"));
                File.Delete(At("img/sub"));
                Directory.Move(At("kept"), At("img/sub"));
            }
        });

        for (var i = 0; i < 3000; i++)
        {
            if ((await ReadAsync(At("img/sub/boot.jpg"))).TryGet(out var picture, out _))
                seen.Add(System.Text.Encoding.ASCII.GetString(picture.Span));
        }

        await stop.CancelAsync();
        await swapping;
        seen.Distinct().ShouldBe(["boot"]);
    }
}
