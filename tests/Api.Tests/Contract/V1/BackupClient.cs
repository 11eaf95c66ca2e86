using System.Text.Json;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>A client of <c>/v1/backups</c>.</summary>
internal sealed class BackupClient(HttpClient http)
{
    public NativeClient Native { get; } = new(http);

    /// <summary>Makes a backup and waits until it is finished.</summary>
    public async Task<NativeAnswer> MakeAsync(string name)
    {
        (await Native.PostAsync("/v1/backups", new { name })).Status.ShouldBe(202);
        var ended = await UntilEndedAsync(name);
        ended.Text("state").ShouldBe("finished", ended.Body.ToString());
        return ended;
    }

    public async Task<NativeAnswer> UntilEndedAsync(string name)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var answer = await Native.GetAsync($"/v1/backups/{name}");
            answer.Status.ShouldBe(200, answer.Body.ToString());
            // The manifest is there a moment before the next backup may begin.
            if (answer.Text("state") != "running" && !await IsRunningAsync()) return answer;
            await Task.Delay(10, timeout.Token);
        }
    }

    public static string[] Names(JsonElement list) => [.. list.GetProperty("backups").EnumerateArray().Select(backup => backup.GetProperty("name").GetString()!)];

    private async Task<bool> IsRunningAsync() =>
        (await Native.GetAsync("/v1/backups")).Body.GetProperty("backups").EnumerateArray().Any(backup => backup.GetProperty("state").GetString() == "running");
}
