using System.Diagnostics;
using ImageSearch.Fetching.Paths;
using ImageSearch.Memory;

namespace ImageSearch.Fetching.Tests;

/// <summary>The rules for every implementation of <see cref="IRootedFiles"/>.</summary>
public abstract class PictureFileReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("picture-path-").FullName;

    protected PictureFileReaderTests()
    {
        Root = Folder("img");
        Write("img/shoe.jpg", "shoe");
        Write("img/sub/boot.jpg", "boot");
        Write("img2/secret.jpg", "secret");
        Write("secret.jpg", "secret");
    }

    protected string Root { get; }

    private protected abstract IRootedFiles Files(IReadOnlyList<string> roots);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string At(string name) => Path.Combine(_folder, name);

    protected string Folder(string name) => Directory.CreateDirectory(At(name)).FullName;

    protected void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }

    private protected async Task<Result<LoadedPicture>> ReadAsync(string? path, string? root = null, int maxBytes = 1000)
    {
        string[] roots = [root ?? Root];
        return await new PictureFileReader(roots, maxBytes, new ByteBudget(64), Files(roots)).ReadAsync(path, CancellationToken.None);
    }

    private protected async Task ShouldReadAsync(string path, string text, string? root = null) =>
        (await ReadAsync(path, root)).Value!.Content.ToArray().ShouldBe(System.Text.Encoding.ASCII.GetBytes(text));

    private protected async Task ShouldBeDeniedAsync(string? path, string? root = null)
    {
        var missing = await ReadAsync(Path.Combine(root ?? Root, "missing.jpg"), root);

        missing.Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.PathDenied);
        (await ReadAsync(path, root)).Failure.ShouldBe(missing.Failure);
    }

    [Theory]
    [InlineData("img/shoe.jpg", "shoe")]
    [InlineData("img/sub/boot.jpg", "boot")]
    [InlineData("img//sub/./boot.jpg", "boot")]
    public Task A_file_below_a_root_is_read(string name, string text) => ShouldReadAsync(At(name), text);

    [Theory]
    [InlineData("img/missing.jpg")]
    [InlineData("img/missing/shoe.jpg")]
    [InlineData("img/shoe.jpg/x")]
    [InlineData("img/shoe.jpg/")]
    [InlineData("img/SHOE.jpg")]
    [InlineData("IMG/shoe.jpg")]
    [InlineData("img")]
    [InlineData("img/")]
    [InlineData("img/sub")]
    [InlineData("img2/secret.jpg")]
    [InlineData("secret.jpg")]
    [InlineData("img/../secret.jpg")]
    [InlineData("img/../img2/secret.jpg")]
    [InlineData("img/sub/../shoe.jpg")]
    [InlineData("img/..")]
    [InlineData("img/sh\0oe.jpg")]
    [InlineData("img/shoe.jpg\0")]
    [InlineData("img/shoe.jpg\n")]
    [InlineData("img/\u0085shoe.jpg")]
    public Task Missing_and_outside_paths_get_the_same_failure(string name) => ShouldBeDeniedAsync($"{_folder}/{name}");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("shoe.jpg")]
    [InlineData("./shoe.jpg")]
    [InlineData("~/shoe.jpg")]
    [InlineData("file:///etc/hostname")]
    [InlineData("/etc/hostname")]
    [InlineData("/proc/self/environ")]
    public Task A_relative_path_or_one_far_outside_is_denied(string? path) => ShouldBeDeniedAsync(path);

    [Fact]
    public Task A_path_over_the_length_limit_is_denied() => ShouldBeDeniedAsync(Root + "/" + new string('a', 5000));

    [Fact]
    public async Task Without_roots_every_path_is_denied() =>
        (await new PictureFileReader([], 1000, new ByteBudget(64), Files([])).ReadAsync(At("img/shoe.jpg"), CancellationToken.None))
            .ShouldBe(await ReadAsync(At("img/missing.jpg")));

    [Fact]
    public async Task A_link_to_a_file_outside_is_denied()
    {
        File.CreateSymbolicLink(At("img/link.jpg"), At("secret.jpg"));

        await ShouldBeDeniedAsync(At("img/link.jpg"));
    }

    [Fact]
    public async Task A_relative_link_to_a_file_outside_is_denied()
    {
        File.CreateSymbolicLink(At("img/link.jpg"), "../img2/secret.jpg");

        await ShouldBeDeniedAsync(At("img/link.jpg"));
    }

    [Fact]
    public async Task A_linked_folder_outside_is_denied()
    {
        Directory.CreateSymbolicLink(At("img/away"), At("img2"));

        await ShouldBeDeniedAsync(At("img/away/secret.jpg"));
    }

    [Fact]
    public async Task A_chain_of_links_that_ends_outside_is_denied()
    {
        Directory.CreateSymbolicLink(At("img/b"), At("img2"));
        Directory.CreateSymbolicLink(At("img/a"), At("img/b"));

        await ShouldBeDeniedAsync(At("img/a/secret.jpg"));
    }

    [Fact]
    public async Task A_link_to_itself_or_to_nothing_is_denied()
    {
        File.CreateSymbolicLink(At("img/loop.jpg"), At("img/loop.jpg"));
        File.CreateSymbolicLink(At("img/nothing.jpg"), At("img/none"));

        await ShouldBeDeniedAsync(At("img/loop.jpg"));
        await ShouldBeDeniedAsync(At("img/nothing.jpg"));
    }

    [Fact]
    public async Task Files_below_a_root_that_is_a_link_are_read()
    {
        Directory.CreateSymbolicLink(At("pictures"), Root);

        await ShouldReadAsync(At("pictures/shoe.jpg"), "shoe", root: At("pictures"));
    }

    [Fact]
    public async Task A_link_to_the_outside_below_a_linked_root_is_denied()
    {
        Directory.CreateSymbolicLink(At("pictures"), Root);
        File.CreateSymbolicLink(At("img/link.jpg"), At("secret.jpg"));

        await ShouldBeDeniedAsync(At("pictures/link.jpg"), root: At("pictures"));
    }

    [Fact]
    public async Task A_FIFO_is_denied_without_waiting_for_a_writer()
    {
        using var made = Process.Start("mkfifo", At("img/fifo.jpg"));
        await made.WaitForExitAsync();

        await ShouldBeDeniedAsync(At("img/fifo.jpg")).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_device_behind_a_link_is_denied()
    {
        File.CreateSymbolicLink(At("img/zero.jpg"), "/dev/zero");

        await ShouldBeDeniedAsync(At("img/zero.jpg"));
    }

    [Fact]
    public Task A_device_below_a_root_is_denied() => ShouldBeDeniedAsync("/dev/zero", root: "/dev");

    [Fact]
    public async Task An_empty_file_is_denied()
    {
        Write("img/empty.jpg", string.Empty);

        await ShouldBeDeniedAsync(At("img/empty.jpg"));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task A_file_over_the_limit_is_rejected_with_the_limit_in_the_message(int size, bool fits)
    {
        Write("img/large.jpg", new string('a', size));

        var failure = (await ReadAsync(At("img/large.jpg"))).Failure;

        failure.ShouldBe(fits
            ? null
            : new Failure(FailureCode.PathDenied, "the file at path is larger than 1000 bytes; give a smaller picture"));
    }
}

public sealed class PortablePictureFileReaderTests : PictureFileReaderTests
{
    private protected override IRootedFiles Files(IReadOnlyList<string> roots) => new PortableRootedFiles(roots);

    [Fact]
    public async Task A_link_is_denied_even_if_it_stays_below_the_root()
    {
        Directory.CreateSymbolicLink(At("img/near"), At("img/sub"));

        await ShouldBeDeniedAsync(At("img/near/boot.jpg"));
    }
}
