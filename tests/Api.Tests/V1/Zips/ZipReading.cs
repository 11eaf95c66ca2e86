using System.Net;
using System.Text;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Imports;
using ImageSearch.Api.V1.Imports.Zips;
using ImageSearch.Memory;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Api.Tests.V1.Zips;

/// <summary>Reads a ZIP as an import does.</summary>
internal static class ZipReading
{
    /// <returns>For each line its number and key, or its number and what is wrong with it.</returns>
    /// <exception cref="ListUnreadableException">The ZIP is refused.</exception>
    public static async Task<List<string>> LinesAsync(byte[] zip, Encoding? charset = null)
    {
        using var file = await ReceiveAsync(zip);
        var budget = new ByteBudget(megabytes: 64);
        var memory = new BodyMemory(budget, new AddressShares(budget), IPAddress.Loopback);
        var lines = new List<string>();
        await foreach (var line in new ZipList(file, new ItemFields([], new ModelIdentity("m", "1", 4), memory).OfZip(), memory, charset).ReadAsync(CancellationToken.None))
        {
            using var image = line.Image;
            lines.Add(line.Item.TryGet(out var item, out var failure) ? $"{line.Number} {item.Texts.Key} {item.Image.Length}" : $"{line.Number}: {failure.Message}");
        }

        budget.Free.ShouldBe(budget.Capacity);
        return lines;
    }

    /// <returns>Why a ZIP is refused.</returns>
    public static async Task<string> RefusalAsync(byte[] zip) => (await Should.ThrowAsync<ListUnreadableException>(LinesAsync(zip))).Failure.Message;

    public static async Task<UploadedFile> ReceiveAsync(byte[] body)
    {
        var file = UploadFolder.Of(Path.GetTempPath()).Create();
        (await file.ReceiveAsync(Request(body), TimeProvider.System)).ShouldBeNull();
        return file;
    }

    public static HttpRequest Request(byte[] body) => new DefaultHttpContext { Request = { Body = new MemoryStream(body), ContentLength = body.Length } }.Request;
}
