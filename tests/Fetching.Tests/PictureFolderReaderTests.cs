using ImageSearch.Fetching.Paths;

namespace ImageSearch.Fetching.Tests;

/// <summary>Listing folders of IMAGE_ROOTS.</summary>
public sealed class PictureFolderReaderTests : IDisposable
{
    private readonly DirectoryInfo _all = Directory.CreateTempSubdirectory("picture-folders-");
    private readonly string _root;
    private readonly PictureFolderReader _reader;

    public PictureFolderReaderTests()
    {
        _root = Directory.CreateDirectory(Path.Combine(_all.FullName, "root")).FullName;
        _reader = PictureFolderReader.Create(new PicturePathOptions { Roots = [_root] }, TimeProvider.System);
    }

    [Fact]
    public void Files_with_the_name_of_a_picture_are_listed_below_the_folder()
    {
        Put("b.jpg", "a/2.PNG", "a/1.webp", "a/deep/er/x.avif", "a/read.me", ".hidden/x.jpg", "a/.x.jpg");
        List().ShouldBe(["a/1.webp", "a/2.PNG", "a/deep/er/x.avif", "b.jpg"]);
    }

    [Theory]
    [InlineData("**/*.jpg", new[] { "a/b/2.JPG", "a/1.jpg", "c.jpg" })]
    [InlineData("*.jpg", new[] { "c.jpg" })]
    [InlineData("a/**", new[] { "a/b/2.JPG", "a/1.jpg", "a/x.txt" })]
    [InlineData("*/?.txt", new[] { "a/x.txt" })]
    [InlineData("**/b/**/2.*", new[] { "a/b/2.JPG" })]
    [InlineData("**", new[] { "a/b/2.JPG", "a/1.jpg", "a/x.txt", "c.jpg" })]
    [InlineData("A/1.jpg", new[] { "a/1.jpg" })]
    public void A_pattern_chooses_files(string pattern, string[] paths)
    {
        Put("a/b/2.JPG", "a/1.jpg", "a/x.txt", "c.jpg");
        List(pattern).Order().ShouldBe(paths.Order());
    }

    [Theory]
    [InlineData("../*.jpg")]
    [InlineData("/etc/*")]
    [InlineData("a//b")]
    [InlineData("")]
    public void A_pattern_that_leads_elsewhere_is_refused(string pattern) =>
        Read(new FolderQuery(_root, pattern, null, 10)).Failure.ShouldNotBeNull().Field.ShouldBe("pattern");

    [Fact]
    public void A_pattern_of_many_stars_costs_little()
    {
        Put(new string('a', 200) + ".jpg");
        List(string.Concat(Enumerable.Repeat("**/", 40)) + string.Concat(Enumerable.Repeat("*a", 50)) + "b").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public void Pages_have_every_file_once(int count)
    {
        string[] files = [.. Enumerable.Range(0, 25).Select(i => $"{(char)('a' + (i % 5))}/{(i % 3 == 0 ? "x/" : "")}{i}.jpg"), "b.jpg", "a.jpg"];
        Put(files);
        Put("empty/none.txt");
        var listed = new List<string>();
        string? after = null;
        do
        {
            var page = Read(new FolderQuery(_root, null, after, count)).Value!;
            page.Paths.Count.ShouldBeLessThanOrEqualTo(count);
            listed.AddRange(page.Paths);
            after = page.Next;
        }
        while (after is not null);

        listed.Count.ShouldBe(files.Length);
        listed.Order().ShouldBe(files.Order());
    }

    [Fact]
    public void Folders_that_are_missing_files_or_elsewhere_have_one_failure()
    {
        Put("a.jpg");
        var elsewhere = Directory.CreateDirectory(Path.Combine(_all.FullName, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(_root, "link"), elsewhere);
        string[] folders =
        [
            elsewhere, Path.Combine(_all.FullName, "nothing"), Path.Combine(_root, "nothing"), Path.Combine(_root, "a.jpg"), Path.Combine(_root, "link"),
            _root + "/../elsewhere", _all.FullName, "root", "", _root + "x",
        ];

        var failures = folders.Select(folder => Read(new FolderQuery(folder, null, null, 10)).Failure).ToList();

        failures.ShouldAllBe(failure => failure != null && failure.Code == FailureCode.PathDenied);
        failures.Select(failure => failure!.Message).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Links_to_folders_are_not_followed()
    {
        Put("a/x.jpg");
        Directory.CreateSymbolicLink(Path.Combine(_root, "again"), _root);
        List().ShouldBe(["a/x.jpg"]);
    }

    public void Dispose() => _all.Delete(recursive: true);

    private Result<FolderPage> Read(FolderQuery query) => _reader.List(query, CancellationToken.None);

    private IReadOnlyList<string> List(string? pattern = null) => Read(new FolderQuery(_root, pattern, null, 100)).Value!.Paths;

    private void Put(params string[] paths)
    {
        foreach (var path in paths)
        {
            var file = Path.Combine(_root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "");
        }
    }
}
