using System.Text;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.MilvusImg;

[Collection(MilvusImgCollection.Name)]
public sealed class RejectedPicturesTests(MilvusImgService service)
{
    private readonly MilvusImgClient _calls = service.Calls;

    public static TheoryData<string, byte[], string> Undecodable() => new()
    {
        { "text", Encoding.UTF8.GetBytes("This is not a picture, it only says so."), "picture" },
        { "one byte", [0x89], "picture" },
        { "SVG", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"u8.ToArray(), "picture" },
        { "PDF", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"u8.ToArray(), "picture" },
        { "head of a PNG", GoldenPicture.Flag[..40], "PNG" },
        { "half a PNG", GoldenPicture.Flag[..(GoldenPicture.Flag.Length / 2)], "PNG" },
        { "half a JPEG", GoldenPicture.Wine[..(GoldenPicture.Wine.Length / 2)], "JPEG" },
        { "half a WebP", GoldenPicture.Folder[..(GoldenPicture.Folder.Length / 2)], "WebP" },
        { "damaged PNG", Damaged(GoldenPicture.Flag), "PNG" },
    };

    [Theory]
    [MemberData(nameof(Undecodable))]
    public async Task A_picture_that_does_not_decode_is_rejected_with_a_reason_and_nothing_is_stored(string what, byte[] picture, string word)
    {
        var table = await _calls.NewTableAsync();
        var image = picture.Base64();

        var error = MilvusImgClient.ErrorIn(await _calls.AddAsync(new { table, image }));

        error.ShouldContain(word, Case.Sensitive, what);
        error.ShouldNotContain("xception");
        MilvusImgClient.ErrorIn(await _calls.SearchAsync(new { table, image })).ShouldBe(error);
        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.Data(0));
    }

    [Fact]
    public async Task A_picture_is_what_its_bytes_are()
    {
        var table = await _calls.NewTableAsync();
        MilvusImgClient.IdOf(await _calls.AddAsync(new { table, image = "data:image/png;base64," + GoldenPicture.Wine.Base64() }));
        (await _calls.FoundAsync(table, GoldenPicture.Wine)).ShouldHaveSingleItem().Distance.ShouldBe(0, 1e-5);
    }

    [Fact]
    public async Task A_picture_may_be_a_url()
    {
        var table = await _calls.NewTableAsync();
        MilvusImgClient.IdOf(await _calls.AddAsync(new { table, url = service.Shop.PictureUrl }));
        (await _calls.FoundAsync(table, GoldenPicture.Bottle)).ShouldHaveSingleItem().Distance.ShouldBe(0, 1e-5);
        MilvusImgClient.FoundIn(await _calls.SearchAsync(new { table, url = service.Shop.PictureUrl }))
            .ShouldHaveSingleItem().Distance.ShouldBe(0, 1e-5);
    }

    [Fact]
    public async Task An_image_wins_over_a_url()
    {
        var table = await _calls.NewTableAsync();
        var fields = new { table, image = GoldenPicture.Arrow.Base64(), url = service.Shop.PictureUrl };

        MilvusImgClient.IdOf(await _calls.AddAsync(fields));

        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem().Distance.ShouldBe(0, 1e-5);
        MilvusImgClient.FoundIn(await _calls.SearchAsync(fields)).ShouldHaveSingleItem().Distance.ShouldBe(0, 1e-5);
    }

    [Fact]
    public async Task With_an_empty_image_the_url_is_used()
    {
        var table = await _calls.NewTableAsync();
        MilvusImgClient.IdOf(await _calls.AddAsync(new { table, image = "", url = service.Shop.PictureUrl }));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/picture.png")]
    [InlineData("http://localhost/picture.png")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::1]/picture.png")]
    [InlineData("file:///etc/hostname")]
    [InlineData("ftp://shop.example/shoe.jpg")]
    [InlineData("/picture.png")]
    [InlineData("not a url")]
    public async Task A_url_outside_the_public_internet_is_rejected_and_nothing_is_stored(string url)
    {
        var table = await _calls.NewTableAsync();
        MilvusImgClient.ErrorIn(await _calls.AddAsync(new { table, url })).ShouldStartWith("url");
        MilvusImgClient.ErrorIn(await _calls.SearchAsync(new { table, url })).ShouldStartWith("url");
        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.Data(0));
    }

    [Fact]
    public async Task A_url_without_a_picture_is_rejected_and_nothing_is_stored()
    {
        var table = await _calls.NewTableAsync();
        MilvusImgClient.ErrorIn(await _calls.AddAsync(new { table, url = service.Shop.MissingUrl })).ShouldContain("404");
        MilvusImgClient.ErrorIn(await _calls.AddAsync(new { table, url = service.Shop.PageUrl })).ShouldContain("picture");
        (await _calls.CountAsync(table)).ShouldBe(MilvusImgClient.Data(0));
    }

    private static byte[] Damaged(byte[] picture)
    {
        var copy = picture.ToArray();
        copy.AsSpan(copy.Length / 2, 200).Fill(0x55);
        return copy;
    }
}
