using System.Net;
using System.Net.Http.Headers;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>The limit of a response's length; MilvusFaultTests has invalid responses.</summary>
public sealed class GrpcResponseValidatorTests
{
    private const int MaxMessageBytes = 1000;

    [Fact]
    public async Task A_response_of_the_maximum_length_passes_and_can_be_read_from_its_start()
    {
        using var response = await SendAsync(MaxMessageBytes);
        (await response.Content.ReadAsByteArrayAsync()).Length.ShouldBe(5 + MaxMessageBytes);
    }

    [Fact]
    public async Task A_longer_response_is_garbled() =>
        (await Should.ThrowAsync<MilvusException>(() => SendAsync(MaxMessageBytes + 1))).Code.ShouldBe(MilvusFault.Garbled);

    private static async Task<HttpResponseMessage> SendAsync(int messageBytes)
    {
        using var validator = new HttpMessageInvoker(
            new GrpcResponseValidator(new MilvusOptions { Host = "milvus.example" }, new StubHandler(messageBytes), MaxMessageBytes));
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://milvus.example/");
        return await validator.SendAsync(request, default);
    }

    private sealed class StubHandler(int messageBytes) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            byte[] frame = [0, 0, 0, (byte)(messageBytes >> 8), (byte)messageBytes, .. new byte[messageBytes]];
            // Like a network stream, it has no length.
            var content = new StreamContent(new Unseekable(frame)) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } };
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
            response.TrailingHeaders.Add("grpc-status", "0");
            return Task.FromResult(response);
        }
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
