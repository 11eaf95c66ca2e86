using System.Net;
using System.Text.Json;
using ImageSearch.Cli.Progress;

namespace ImageSearch.Cli.Backups;

/// <summary>Makes a running service back itself up, and waits until that ends.</summary>
internal sealed class ServerBackup(Uri server, string? token, TimeProvider time) : IDisposable
{
    private const int MaxUnanswered = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // A redirect would send the token to another host.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server };

    /// <summary>Begins a backup and waits for its end.</summary>
    /// <param name="name">Its name; null for the time.</param>
    /// <param name="report">Takes what it has.</param>
    /// <param name="progress">Its progress.</param>
    /// <param name="cancellationToken">Ends the wait; the backup goes on.</param>
    public async Task<Failure?> RunAsync(string? name, BackupReport report, IProgress<WorkState> progress, CancellationToken cancellationToken)
    {
        using var body = new StringContent(name is null ? "{}" : $$"""{"name":"{{name}}"}""", System.Text.Encoding.UTF8, "application/json");
        var begun = await SendAsync(HttpMethod.Post, "v1/backups", body, cancellationToken);
        if (!begun.TryGet(out var backup, out var failure)) return failure;
        report.Backup = backup.GetProperty("name").GetString()!;
        for (var unanswered = 0; ;)
        {
            MegabyteProgress.Report(progress, backup.GetProperty("bytes").GetInt64(), backup.GetProperty("total_bytes").GetInt64());
            if (backup.GetProperty("state").GetString() is not "running" and var state) return Take(report, backup, state!);
            await Task.Delay(Interval, time, cancellationToken);
            var answer = await SendAsync(HttpMethod.Get, $"v1/backups/{report.Backup}", null, cancellationToken);
            if (answer.TryGet(out var next, out failure)) (backup, unanswered) = (next, 0);
            // A busy service may answer later. One that was restarted has no such backup.
            else if (failure.Code != FailureCode.Busy || ++unanswered == MaxUnanswered) return failure;
        }
    }

    public void Dispose() => _http.Dispose();

    private static Failure? Take(BackupReport report, JsonElement backup, string state)
    {
        report.Began = backup.GetProperty("began").GetString();
        report.Bytes = backup.GetProperty("bytes").GetInt64();
        if (state != "finished")
            return new Failure(FailureCode.Internal, $"the backup was not made ({state}): {backup.GetProperty("fault").GetString() ?? "a client cancelled it"}");
        report.Tables = backup.GetProperty("tables").GetInt64();
        report.Rows = backup.GetProperty("rows").GetInt64();
        return null;
    }

    private async Task<Result<JsonElement>> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        if (token is not null) request.Headers.TryAddWithoutValidation("token", token);
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            var json = JsonElement.Parse(text);
            return answer.IsSuccessStatusCode ? json : Refused(answer.StatusCode, json);
        }
        catch (JsonException)
        {
            return new Failure(FailureCode.Internal, $"{server} does not answer as ImageSearch does; set --server to the address of the service");
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Failure(FailureCode.Busy, $"the service at {server} can't be reached ({e.Message}); check --server and that it runs");
        }
    }

    private Failure Refused(HttpStatusCode status, JsonElement problem)
    {
        var detail = problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("detail", out var text) ? text.GetString() : null;
        var code = status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests ? FailureCode.Busy : FailureCode.Internal;
        return new Failure(code, detail ?? $"{server} answers with status {(int)status}; set --server to the address of the service");
    }
}
