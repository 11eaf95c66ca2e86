using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Cli.Tests;

/// <summary>Answers <c>/v1/backups</c> as the service does.</summary>
internal sealed class BackupServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _token;
    private readonly Task _answering;
    private int _polls;

    /// <param name="token">The token that it requires.</param>
    /// <param name="polls">After how many polls the backup is finished.</param>
    public BackupServer(string token, int polls)
    {
        (_token, _polls) = (token, polls);
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _answering = AnswerAsync();
    }

    public string Address { get; }

    public List<string> Calls { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _answering;
        _listener.Close();
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new StreamReader(call.Request.InputStream);
            Calls.Add($"{call.Request.HttpMethod} {call.Request.RawUrl} {await body.ReadToEndAsync()}");
            var isKnown = call.Request.Headers["token"] == _token;
            call.Response.StatusCode = !isKnown ? 401 : call.Request.HttpMethod == "POST" ? 202 : 200;
            await using var answer = new StreamWriter(call.Response.OutputStream);
            await answer.WriteAsync(isKnown ? Backup(call.Request.HttpMethod == "POST" || --_polls > 0) : """{"detail":"send the service's token in the header token","code":"token_invalid"}""");
        }
    }

    private static string Backup(bool runs) =>
        $$"""
        {"name":"one","state":"{{(runs ? "running" : "finished")}}","began":"2026-11-27T09:30:00.000Z","bytes":100,"total_bytes":100,
        "tables":{{(runs ? "null" : "3")}},"rows":{{(runs ? "null" : "50000")}},"fault":null}
        """;
}
