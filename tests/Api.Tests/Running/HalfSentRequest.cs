using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ImageSearch.Api.Tests.Running;

/// <summary>
/// A request whose body is sent later. It expects 100 Continue, which the server sends when it reads the body: from then on the request is
/// certainly running, without an arbitrary delay.
/// </summary>
public sealed class HalfSentRequest : IAsyncDisposable
{
    private readonly TcpClient _client = new();
    private readonly byte[] _body;

    private HalfSentRequest(byte[] body) => _body = body;

    public static async Task<HalfSentRequest> StartAsync(Uri address, string target, string body)
    {
        var request = new HalfSentRequest(Encoding.UTF8.GetBytes(body));
        try
        {
            await request._client.ConnectAsync(address.Host, address.Port);
            await request.SendAsync(
                $"POST {target} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
                + string.Create(CultureInfo.InvariantCulture, $"Content-Length: {request._body.Length}\r\n\r\n"));
            (await request.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 100 ");
            return request;
        }
        catch
        {
            await request.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends the body.</summary>
    /// <returns>The answer, from its status line to its last byte.</returns>
    public async Task<string> FinishAsync()
    {
        await _client.GetStream().WriteAsync(_body);
        var head = await ReadHeadAsync();
        if (!head.Contains("\r\nContent-Length: ", StringComparison.Ordinal))
            return head + await ReadChunkedAsync();
        var length = head.Split("\r\nContent-Length: ")[1].Split('\r')[0];
        var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
        await _client.GetStream().ReadExactlyAsync(body);
        return head + Encoding.UTF8.GetString(body);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> ReadChunkedAsync()
    {
        var body = new StringBuilder();
        while (true)
        {
            var line = await ReadUntilAsync("\r\n");
            var chunk = new byte[int.Parse(line.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) + 2];
            await _client.GetStream().ReadExactlyAsync(chunk);
            if (chunk.Length == 2) return body.ToString();
            body.Append(Encoding.UTF8.GetString(chunk, 0, chunk.Length - 2));
        }
    }

    private Task<string> ReadHeadAsync() => ReadUntilAsync("\r\n\r\n");

    private async Task<string> ReadUntilAsync(string end)
    {
        var text = new StringBuilder();
        var next = new byte[1];
        while (text.Length < end.Length || text.ToString(text.Length - end.Length, end.Length) != end)
        {
            if (await _client.GetStream().ReadAsync(next) == 0) throw new IOException($"The server closed the connection after: {text}");
            text.Append((char)next[0]);
        }

        return text.ToString();
    }

    private async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
}
