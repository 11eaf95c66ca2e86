using System.Net;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>A key or a path never means another resource than the one that the client wrote.</summary>
public sealed class ExactPathTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly NativeClient _calls = new(service.Client);

    [Theory]
    [InlineData("/items/..")]
    [InlineData("/items/%2E%2E")]
    [InlineData("/items/x/../../")]
    [InlineData("/items/.")]
    [InlineData("/")]
    public async Task A_delete_by_a_path_that_resolves_to_the_table_deletes_nothing(string path)
    {
        var table = await _calls.NewTableAsync();
        var raw = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var origin = service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri($"{origin}/v1/tables/{table}{path}", raw));

        using var answer = await service.Client.SendAsync(request);

        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        (await _calls.GetAsync($"/v1/tables/{table}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_batch_stores_no_item_that_its_path_could_not_name()
    {
        var table = await _calls.NewTableAsync();

        var batch = await _calls.PostAsync(
            $"/v1/tables/{table}/items:batch", new { operations = new[] { new { put = new { key = "..", image = GoldenPicture.Arrow.Base64() } } } });

        batch.Body.GetProperty("results")[0].GetProperty("status").GetInt32().ShouldBe(400);
    }
}
