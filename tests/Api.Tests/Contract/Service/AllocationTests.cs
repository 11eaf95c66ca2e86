using ImageSearch.Api.Tests.Contract.ImageSim;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>Bodies are outside the managed heap, and what a request allocates there does not grow with them.</summary>
public sealed class AllocationTests(MeasuredService service) : IClassFixture<MeasuredService>
{
    private const int MaxBytes = 64 * 1024;

    // A thumbnail is about 4 KB, and the row that keeps it is one more statement.
    private const int MaxBytesOfThumbnail = 16 * 1024;

    private const int Warm = 60;
    private const int Calls = 100;

    // Comment segments, which every decoder skips.
    private static readonly byte[] LargePicture =
        [.. GoldenPicture.Wine[..2], .. Enumerable.Repeat((byte[])[0xFF, 0xFE, 0xFF, 0xFF, .. new byte[0xFFFD]], 16).SelectMany(segment => segment), .. GoldenPicture.Wine[2..]];

    [Theory]
    [InlineData("add", "json")]
    [InlineData("add", "form")]
    [InlineData("search", "json")]
    [InlineData("search", "form")]
    public async Task A_request_allocates_at_most_64_KB(string call, string body) =>
        (await MeasureAsync(call, body, GoldenPicture.Wine, "none")).BytesPerCall.ShouldBeLessThan(MaxBytes);

    [Theory]
    [InlineData("json")]
    [InlineData("form")]
    public async Task A_thumbnail_that_is_kept_allocates_at_most_16_KB_more(string body) =>
        (await MeasureAsync("add", body, GoldenPicture.Wine, "thumbnail")).BytesPerCall.ShouldBeLessThan(MaxBytes + MaxBytesOfThumbnail);

    [Theory]
    [InlineData("json")]
    [InlineData("form")]
    public async Task A_picture_of_a_megabyte_allocates_no_more_and_causes_no_full_collections(string body)
    {
        LargePicture.Length.ShouldBeGreaterThan(1 << 20);

        var (bytes, collections) = await MeasureAsync("add", body, LargePicture, "none");

        bytes.ShouldBeLessThan(MaxBytes);
        collections.ShouldBeLessThanOrEqualTo(1);
    }

    private async Task<(long BytesPerCall, long FullCollections)> MeasureAsync(string call, string body, byte[] picture, string keeps)
    {
        var pictures = new MilvusImgClient(service.Client);
        var table = await pictures.NewTableAsync();
        using (var settings = WireBody.Json(new { keep_pictures = keeps }))
        {
            using var set = await service.Client.PatchAsync(new Uri($"/v1/tables/{table}", UriKind.Relative), settings);
            set.EnsureSuccessStatusCode();
        }

        await pictures.AddedAsync(table, GoldenPicture.Wine);
        for (var i = 0; i < Warm; i++) await CallAsync(table, call, body, picture);
        var before = await service.HeapAsync();
        for (var i = 0; i < Calls; i++) await CallAsync(table, call, body, picture);
        var after = await service.HeapAsync();
        return ((after.Bytes - before.Bytes) / Calls, after.FullCollections - before.FullCollections);
    }

    private Task CallAsync(string table, string call, string body, byte[] picture)
    {
        var (pictures, library) = (new MilvusImgClient(service.Client), new SimClient(service.Client));
        return (call, body) switch
        {
            ("add", "json") => pictures.AddedAsync(table, picture),
            ("add", _) => library.AddAsync(table, picture, "key"),
            ("search", "json") => pictures.FoundAsync(table, picture),
            _ => library.FoundAsync(table, picture),
        };
    }
}
