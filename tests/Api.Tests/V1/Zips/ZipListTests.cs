using System.Text;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.V1.Zips;

/// <summary>Which lines a ZIP has, and what of it is refused.</summary>
public sealed class ZipListTests
{
    private static readonly byte[] Picture = GoldenPicture.Arrow;
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("gbk")!;

    /// <summary>A ZIP, and its lines.</summary>
    public static TheoryData<string, byte[], string[]> Read => new()
    {
        { "deflated", new ZipBytes().Add("a/b.png", Picture).End(), ["1 a/b.png 5083"] },
        { "stored", new ZipBytes().Add("b.png", Picture, new(Method: 0)).End(), ["1 b.png 5083"] },
        { "with data descriptors", new ZipBytes().Add("b.png", Picture, new(Flags: 0x808)).End(), ["1 b.png 5083"] },
        { "for large files", new ZipBytes().Add("b.png", Picture, new(Is64: true)).End(is64: true), ["1 b.png 5083"] },
        { "after a program", new ZipBytes { Prefix = 1000 }.Add("b.png", Picture).End(), ["1 b.png 5083"] },
        { "for large files, after a program", new ZipBytes { Prefix = 1000 }.Add("b.png", Picture).End(is64: true), ["1 b.png 5083"] },
        { "with a comment", new ZipBytes().Add("b.png", Picture).End(comment: "PK\u0005\u0006 all of them"), ["1 b.png 5083"] },
        {
            "with what systems add",
            new ZipBytes().Add("a/", []).Add("__MACOSX/a/._b.png", Picture).Add("a/.DS_Store", [1]).Add("a/Thumbs.db", [1]).Add(".git/b.png", [1]).Add("b.png", Picture).End(),
            ["6 b.png 5083"]
        },
        { "with a ZIP in it", new ZipBytes().Add("in.zip", new ZipBytes().Add("b.png", Picture).End()).End(), [$"1 in.zip {new ZipBytes().Add("b.png", Picture).End().Length}"] },
        { "with names like paths", new ZipBytes().Add("../b.png", Picture).Add("/etc/b.png", Picture).Add(@"C:\b.png", Picture).End(), ["1 ../b.png 5083", "2 /etc/b.png 5083", "3 C:/b.png 5083"] },
        { "with a NUL in a name", new ZipBytes().Add("b\0.png", Picture).End(), ["1: its name has a control character: rename the file"] },
        { "with a long name", new ZipBytes().Add(new string('x', 300), Picture).End(), ["1: without a key, the file's name is the key and may have 255 characters: give the line a key"] },
        { "with the longest name", new ZipBytes().Add(new string('x', 65_535), Picture).End(), ["1: file is 65535 characters long, at most 1000 are kept"] },
        { "with a name that is not UTF-8", new ZipBytes().Add(Gbk.GetBytes("瓶子"), Picture, new(Flags: 0)).End(), ["1: its name is not in UTF-8: name the charset, for instance ?charset=gbk, or create the ZIP with UTF-8 names"] },
        { "with an empty file", new ZipBytes().Add("b.png", []).End(), ["1: the file b.png is empty"] },
        { "whose file is longer than it says", new ZipBytes().Add("b.png", Picture, new(Length: 5082)).End(), ["1: the file b.png is damaged: create the ZIP again"] },
        { "whose file is shorter than it says", new ZipBytes().Add("b.png", Picture, new(Length: 5084)).End(), ["1: the file b.png is damaged: create the ZIP again"] },
        { "whose file says that it is large", new ZipBytes().Add("b.png", Picture, new(Length: 4_000_000_000)).End(), ["1: the file b.png is larger than 20971520 bytes, send a smaller picture"] },
        { "whose file says that it is small", new ZipBytes().Add("b.png", new byte[30 << 20], new(Length: 10)).End(), ["1: the file b.png is damaged: create the ZIP again"] },
        { "whose file is cut", new ZipBytes().Add("b.png", Picture, new(Packed: 100)).End(), ["1: the file b.png is damaged: create the ZIP again"] },
        { "whose file has changed", new ZipBytes().Add("b.png", Picture, new(Method: 0, Crc: 7)).End(), ["1: the file b.png is damaged: create the ZIP again"] },
        { "whose file is elsewhere", new ZipBytes().Add("b.png", Picture, new(Offset: 3)).End(), ["1: the file b.png is damaged: create the ZIP again"] },
        { "whose file is after the end", new ZipBytes().Add("b.png", Picture, new(Offset: 4_000_000_000)).End(), ["1: the file b.png is damaged: create the ZIP again"] },
        { "whose file reaches into the directory", new ZipBytes().Add("b.png", Picture, new(Packed: 60_000)).End(), ["1: the file b.png is damaged: create the ZIP again"] },
        { "in a rare compression", new ZipBytes().Add("b.png", Picture, new(Method: 14)).End(), ["1: the file b.png is compressed by method 14: use deflate, which every program offers"] },
        {
            "with a list",
            new ZipBytes().Add("a.png", Picture).Add("b.png", Picture).Add("twice", Picture).Add("twice", Picture)
                .Add(
                    "list.ndjson",
                    Encoding.UTF8.GetBytes(
                        """
                        {"file":"b.png","key":"k","tags":"x"}
                        {"file":"b.png","key":"l"}
                        {"file":"c.png"}

                        {"file":"a.png"}
                        {"url":"http://x/"}
                        {"key":"m"}
                        {"file":"twice"}
                        """)).End(),
            [
                "1 k 5083", "2: its file b.png is that of line 1", "3: the ZIP has no file c.png", "5 a.png 5083",
                "6: the field url is unknown, a line may have file, path, key, tags, brief, product_id, attributes, id, created, modified",
                "7: it needs a file, the name of a file in the ZIP", "8: the ZIP has the file twice twice",
            ]
        },
        {
            "with a list in CSV",
            new ZipBytes().Add("LIST.CSV", "file,key\nb.png,k\n"u8.ToArray()).Add("b.png", Picture).End(),
            ["2 k 5083"]
        },
        { "with a list that is not at the top", new ZipBytes().Add("a/list.csv", [1]).End(), ["1 a/list.csv 1"] },
        { "with a picture of that name", new ZipBytes().Add("list.png", Picture).End(), ["1 list.png 5083"] },
    };

    /// <summary>A ZIP that is refused, and why.</summary>
    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "nothing", [], "the body is no ZIP" },
        { "a picture", Picture, "the body is no ZIP" },
        { "a ZIP without its end", new ZipBytes().Add("b.png", Picture).End()[..^1], "the body is no ZIP" },
        { "a ZIP without its start", new ZipBytes().Add("b.png", Picture).End()[3000..], "the body is no ZIP" },
        { "an empty ZIP", new ZipBytes().End(), "the ZIP has no pictures" },
        { "a ZIP of folders", new ZipBytes().Add("a/", []).End(), "the ZIP has no pictures" },
        { "a ZIP that claims fewer files", new ZipBytes().Add("a", Picture).Add("b", Picture).End(count: 1), "the directory of the ZIP is damaged" },
        { "a ZIP that claims more files", new ZipBytes().Add("a", Picture).End(count: 60_000), "the directory of the ZIP is damaged" },
        { "a ZIP that claims any number of files", new ZipBytes().Add("a", Picture).End(count: ulong.MaxValue, is64: true), "the directory of the ZIP is damaged" },
        { "a ZIP that claims a short directory", new ZipBytes().Add("a", Picture).Add("b", Picture).End(length: 50), "the directory of the ZIP is damaged" },
        { "a ZIP that claims a long directory", new ZipBytes().Add("a", Picture).End(length: 4_000_000_000), "the directory of the ZIP has 4000000000 bytes, at most 16777216 are read" },
        { "a ZIP that claims a directory of any length", new ZipBytes().Add("a", Picture).End(length: ulong.MaxValue, is64: true), "the directory of the ZIP has 18446744073709551615 bytes" },
        { "a ZIP with a directory of 20 MB", Long(), "the directory of the ZIP has " },
        { "a part of a ZIP", new ZipBytes().Add("a", Picture).End(disk: 1), "the ZIP is one part of several" },
        { "a ZIP with a password", new ZipBytes().Add("a", Picture, new(Flags: 0x801)).End(), "the ZIP is encrypted" },
        { "a ZIP with two lists", new ZipBytes().Add("list.csv", [1]).Add("list.ndjson", [1]).End(), "the ZIP has more than one list" },
        { "a ZIP with an unknown list", new ZipBytes().Add("list.xlsx", [1]).Add("a", Picture).End(), "list.xlsx is no list that is known: name it list.ndjson or list.csv" },
        { "a ZIP with a damaged list", new ZipBytes().Add("list.csv", "file\na\n"u8.ToArray(), new(Crc: 7)).Add("a", Picture).End(), "the file list.csv is damaged" },
        { "files that overlap", Overlapping(), "files of the ZIP overlap" },
        { "a bomb", Bomb(), "the files of the ZIP have more than " },
        { "a list that is a bomb", new ZipBytes().Add("list.ndjson", Blank(150 << 20)).Add("a", Picture).End(), "the files of the ZIP have more than " },
    };

    [Theory]
    [MemberData(nameof(Read), DisableDiscoveryEnumeration = true)]
    public async Task A_ZIP_is_read(string what, byte[] zip, string[] lines) =>
        string.Join('\n', await ZipReading.LinesAsync(zip)).ShouldBe(string.Join('\n', lines), what);

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task A_ZIP_is_refused(string what, byte[] zip, string reason)
    {
        var refusal = await ZipReading.RefusalAsync(zip);
        refusal.StartsWith(reason, StringComparison.Ordinal).ShouldBeTrue($"{what}: {refusal}");
    }

    [Theory]
    [InlineData("zip-pipe.zip", new[] { "2 shoes/arrow.png 5083", "3 bottle.png 19947" })]
    [InlineData("python.zip", new[] { "1 bottle.png 19947", "2 鞋/arrow.png 5083" })]
    public async Task The_ZIPs_of_programs_are_read(string file, string[] lines) =>
        (await ZipReading.LinesAsync(await BytesOfAsync(file))).ShouldBe(lines);

    [Fact]
    public async Task Names_are_in_the_charset_that_the_call_names()
    {
        (await ZipReading.LinesAsync(await BytesOfAsync("gbk.zip"), Gbk)).ShouldBe(["1 瓶子.png 19947", "2 鞋/arrow.png 5083"]);
        // Names that are marked as UTF-8 are not in it, and 瓶's last byte is no separator.
        (await ZipReading.LinesAsync(await BytesOfAsync("python.zip"), Gbk)).ShouldBe(["1 bottle.png 19947", "2 鞋/arrow.png 5083"]);
    }

    [Fact]
    public async Task A_directory_of_more_files_than_the_old_format_counts_is_read()
    {
        var zip = new ZipBytes().Add("0", Picture);
        for (var i = 1; i < 70_000; i++) zip.AddRecord(Encoding.ASCII.GetBytes($"{i}/"), new ZipFileChoices(), 0, 0, 0, 0);

        (await ZipReading.LinesAsync(zip.End())).ShouldBe(["1 0 5083"]);
        (await ZipReading.LinesAsync(zip.End(is64: true))).ShouldBe(["1 0 5083"]);
    }

    // Names of one file, which would be read again and again.
    private static byte[] Overlapping()
    {
        var zip = new ZipBytes().Add("0", Picture);
        for (var i = 1; i < 100; i++) zip.AddRecord(Encoding.ASCII.GetBytes($"{i}"), new ZipFileChoices(), ZipBytes.Crc(Picture), (uint)Picture.Length, (uint)Picture.Length, 0);
        return zip.End();
    }

    private static Task<byte[]> BytesOfAsync(string file) => File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "data", "zips", file));

    private static byte[] Long()
    {
        var zip = new ZipBytes().Add("a", Picture);
        for (var i = 0; i < 320; i++) zip.AddRecord(new byte[65_535], new ZipFileChoices(), 0, 0, 0, 0);
        return zip.End();
    }

    private static byte[] Bomb()
    {
        var content = new byte[10 << 20];
        var zip = new ZipBytes();
        for (var i = 0; i < 12; i++) zip.Add($"{i}", content);
        return zip.End();
    }

    private static byte[] Blank(int length)
    {
        var blank = new byte[length];
        blank.AsSpan().Fill((byte)'\n');
        return blank;
    }
}
