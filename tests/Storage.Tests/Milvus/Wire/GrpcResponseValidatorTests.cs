using System.Net;
using System.Net.Http.Headers;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>The limit of an answer's length; broken answers are in MilvusFaultTests.</summary>
public sealed class GrpcResponseValidatorTests
{
    private const int MaxMessageBytes = 1000;

    [Fact]
    public async Task An_answer_of_the_longest_length_passes_and_is_read_from_its_start()
    {
        using var response = await SendAsync(MaxMessageBytes);
        (await response.Content.ReadAsByteArrayAsync()).Length.ShouldBe(5 + MaxMessageBytes);
    }

    [Fact]
    public async Task An_answer_over_it_is_garbled() =>
        (await Should.ThrowAsync<MilvusException>(() => SendAsync(MaxMessageBytes + 1))).Code.ShouldBe(MilvusFault.Garbled);

    private static async Task<HttpResponseMessage> SendAsync(int messageBytes)
    {
        using var check = new HttpMessageInvoker(
            new GrpcResponseValidator(new MilvusOptions { Host = "milvus.example" }, new Answering(messageBytes), MaxMessageBytes));
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://milvus.example/");
        return await check.SendAsync(request, default);
    }

    private sealed class Answering(int messageBytes) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            byte[] frame = [0, 0, 0, (byte)(messageBytes >> 8), (byte)messageBytes, .. new byte[messageBytes]];
            // A stream without a length, as on a connection.
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
