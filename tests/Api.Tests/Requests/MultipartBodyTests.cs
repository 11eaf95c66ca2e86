using System.Text;
using ImageSearch.Api.Http.Bodies;

namespace ImageSearch.Api.Tests.Requests;

public sealed class MultipartBodyTests
{
    [Fact]
    public async Task Parts_are_slices_of_the_body()
    {
        var picture = new byte[100_000];
        new Random(1).NextBytes(picture);
        byte[] body =
        [
            .. "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n  k 1 \r\n"u8,
            .. "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"u8, .. picture,
            .. "\r\n--b\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--b--\r\n"u8,
        ];

        var parts = (await ReadAsync(body)).Value.ShouldNotBeNull();

        parts.Select(part => (part.Name, part.IsFile, part.ContentType)).ShouldBe([("key", false, null), ("file", true, "image/png"), ("empty", false, null)]);
        Encoding.ASCII.GetString(parts[0].Content.Span).ShouldBe("  k 1 ");
        parts[1].Content.ToArray().ShouldBe(picture);
        parts[2].Content.Length.ShouldBe(0);
        parts[1].Content.Span[0]++;
        body[body.AsSpan().IndexOf(picture.AsSpan(1, 50)) - 1].ShouldBe((byte)(picture[0] + 1));
    }

    [Fact]
    public async Task A_form_without_its_end_is_rejected() =>
        (await ReadAsync("--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk"u8.ToArray())).Failure.ShouldNotBeNull()
            .Message.ShouldBe("the form can't be read: it ends without its closing boundary");

    [Fact]
    public async Task An_empty_form_is_rejected() => (await ReadAsync([])).Failure.ShouldNotBeNull().Message.ShouldBe("the form can't be read: it is empty");

    [Fact]
    public async Task A_form_of_many_parts_is_rejected()
    {
        var part = "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n";
        (await ReadAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(part, 65)) + "--b--\r\n"))).Failure.ShouldNotBeNull()
            .Message.ShouldBe("the form can't be read: it has more than 64 parts");
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    public async Task A_form_without_a_boundary_is_rejected(string contentType) =>
        (await MultipartBody.ReadAsync(contentType, new byte[10], default)).Failure.ShouldNotBeNull().Message.ShouldContain("boundary");

    private static Task<Result<IReadOnlyList<FormPart>>> ReadAsync(byte[] body) =>
        MultipartBody.ReadAsync("multipart/form-data; boundary=b", body, default);
}
