using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

[Collection(MilvusImgCollection.Name)]
public sealed class SizeTests(MilvusImgService service)
{
    private const int Limit = 20 * 1024 * 1024;
    private const string PictureTooLong = """{"code":10100,"message":"the request is larger than 20 MB, send a smaller picture"}""";

    private const string LibraryPictureTooLong =
        """{"msg":"存储图片失败!","code":500,"data":null,"error":{"code":"request_invalid","message":"the request is larger than 20 MB, send a smaller picture"}}""";

    [Theory]
    [InlineData("/milvus/img/add", "application/json", PictureTooLong)]
    [InlineData("/api/image/sim/add/file", "multipart/form-data; boundary=b", LibraryPictureTooLong)]
    public async Task A_body_that_is_announced_too_large_is_rejected_before_it_arrives(string call, string contentType, string error)
    {
        var answer = await AnswerAsync(
            string.Create(CultureInfo.InvariantCulture, $"POST {call} HTTP/1.1\r\nHost: a\r\nContent-Type: {contentType}\r\nContent-Length: {Limit + 1}\r\n\r\n"));
        answer.ShouldStartWith("HTTP/1.1 413 ");
        answer.ShouldContain(error);
    }

    [Theory]
    [InlineData("/milvus/img/add", "application/json", PictureTooLong)]
    [InlineData("/api/image/sim/add/file", "multipart/form-data; boundary=b", LibraryPictureTooLong)]
    public async Task A_body_that_turns_out_too_large_is_rejected(string call, string contentType, string error)
    {
        var chunks = Chunk("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n")
            + string.Concat(Enumerable.Repeat(Chunk(new string('x', 1 << 20)), 21));
        var answer = await AnswerAsync(
            $"POST {call} HTTP/1.1\r\nHost: a\r\nContent-Type: {contentType}\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
        answer.ShouldStartWith("HTTP/1.1 413 ");
        answer.ShouldContain(error);
    }

    [Theory]
    [InlineData("/milvus/img/add", "application/json", PictureTooLong)]
    [InlineData("/api/image/sim/add/file", "multipart/form-data; boundary=b", LibraryPictureTooLong)]
    public async Task A_client_that_writes_all_before_it_reads_gets_the_answer_too(string call, string contentType, string error)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(service.Process.Address.Host, service.Process.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"POST {call} HTTP/1.1\r\nHost: a\r\nContent-Type: {contentType}\r\nContent-Length: {2 * Limit}\r\n\r\n")));
        await client.GetStream().WriteAsync(new byte[2 * Limit]);

        using var answer = new StreamReader(client.GetStream());
        (await answer.ReadToEndAsync()).ShouldContain(error);
    }

    [Theory]
    [InlineData("ffffffffffffffff\r\n")]
    [InlineData("80000000\r\nx")]
    [InlineData("-1\r\nx")]
    [InlineData("g\r\nx")]
    [InlineData("\r\n")]
    [InlineData("1\r\nxx\r\n0\r\n\r\n")]
    public async Task A_chunk_whose_length_is_wrong_is_the_client_s_fault(string chunks)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(service.Process.Address.Host, service.Process.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /milvus/img/add HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"));

        using var answer = new StreamReader(stream);
        (await answer.ReadToEndAsync()).ShouldStartWith("HTTP/1.1 400 ");
        service.Process.Output.ShouldNotContain("fail:");
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        var head = "{\"image\":\"";
        var body = head + new string('A', Limit - head.Length - 2) + "\"}";
        MilvusImgClient.ErrorIn(await service.Calls.PostAsync("add", WireBody.Text(body))).ShouldNotContain("larger");
    }

    [Fact]
    public async Task The_service_works_afterwards()
    {
        using (var tooLarge = new ByteArrayContent(new byte[Limit + 1]))
        using (var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/milvus/img/add", UriKind.Relative)) { Content = tooLarge })
        {
            request.Headers.ExpectContinue = true;
            using var answer = await service.Client.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(413);
        }

        var table = await service.Calls.NewTableAsync();
        await service.Calls.AddedAsync(table, GoldenPicture.Arrow);
    }

    private static string Chunk(string text) => string.Create(CultureInfo.InvariantCulture, $"{text.Length:x}\r\n{text}\r\n");

    // Writes and reads concurrently, because the server answers before all is sent and then closes the connection.
    private async Task<string> AnswerAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(service.Process.Address.Host, service.Process.Address.Port);
        var stream = client.GetStream();
        var sending = SendAsync(stream, request);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().Contains("20 MB", StringComparison.Ordinal) || !answer.ToString().Contains('}', StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0) break;
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        client.Close();
        await sending;
        return answer.ToString();
    }

    private static async Task SendAsync(NetworkStream stream, string request)
    {
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The server has closed the connection.
        }
    }
}
