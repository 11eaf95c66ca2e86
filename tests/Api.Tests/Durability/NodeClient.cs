using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>
/// A client of several services with a shared catalog. Each call goes to a random one. It records acknowledged writes; a write that failed
/// may have been executed or not, and its row is only deleted.
/// </summary>
internal sealed class NodeClient(
    int number, string table, Func<ServiceProcess[]> nodes, ConcurrentDictionary<(string Table, long Id), string> ids, Random random)
{
    // The rows of all clients, with the uncertain ones, must fit into one search.
    private const int MaxRows = 120;

    // More than one or two killed services leave.
    private const int MaxUncertain = 20;
    private int _written;

    /// <summary>Tags of the acknowledged rows by id.</summary>
    public Dictionary<long, string> Rows { get; } = [];

    /// <summary>Ids of deleted rows, which must never reappear.</summary>
    public HashSet<long> Deleted { get; } = [];

    /// <summary>Rows whose last write was not acknowledged, with their possible tags.</summary>
    public Dictionary<long, IReadOnlyList<string?>> Uncertain { get; } = [];

    /// <summary>Tags of adds that were not acknowledged.</summary>
    public HashSet<string> UncertainAdds { get; } = [];

    public async Task WorkAsync(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            var calls = Any(nodes, random);
            var tags = string.Create(CultureInfo.InvariantCulture, $"{number}-{++_written}");
            var choice = Rows.Count < 3 ? 0 : random.Next(9);
            if (Uncertain.Count > MaxUncertain) await DeleteUncertainAsync(calls, OneOf(Uncertain.Keys));
            else if (choice <= 2 && Rows.Count + Uncertain.Count < MaxRows) await AddAsync(calls, tags);
            else if (choice <= 4 && Rows.Count > 0) await ChangeAsync(calls, OneOf(Rows.Keys), tags);
            else if (choice == 5) await DeleteAsync(calls, OneOf(Rows.Keys));
            else if (choice == 8 && Uncertain.Count > 0) await DeleteUncertainAsync(calls, OneOf(Uncertain.Keys));
            else if (choice == 6) await SearchAsync(calls);
            else await AnswerAsync(calls.LoadAsync(table));
        }
    }

    /// <summary>A client of a random service.</summary>
    public static MilvusImgClient Any(Func<ServiceProcess[]> nodes, Random random) => new(nodes()[random.Next(nodes().Length)].Client);

    /// <summary>The answer of a successful call; null if it failed or got no answer.</summary>
    public static async Task<string?> AnswerAsync(Task<string> call) => (await ReplyAsync(call)).Answer;

    // Reached: the service may have executed the call even if it answered with an error.
    private static async Task<(string? Answer, bool Reached)> ReplyAsync(Task<string> call)
    {
        try
        {
            var answer = await call;
            return (answer.StartsWith("""{"code":10000,""", StringComparison.Ordinal) ? answer : null, true);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50)); // The service is restarting.
            return (null, false);
        }
        catch (SocketException)
        {
            // The connection broke before HttpClient could use it: nothing was sent.
            return (null, false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException or TaskCanceledException or ShouldAssertException)
        {
            return (null, true); // The service was killed or is busy.
        }
    }

    private async Task AddAsync(MilvusImgClient calls, string tags)
    {
        var (answer, reached) = await ReplyAsync(calls.AddAsync(new { table, image = Picture(), tags }));
        if (reached && answer is null) UncertainAdds.Add(tags);
        if (answer is null) return;

        var id = MilvusImgClient.IdOf(answer);
        ids.TryAdd((table, id), tags).ShouldBeTrue($"id {id} was assigned twice");
        Rows.Add(id, tags);
    }

    private async Task ChangeAsync(MilvusImgClient calls, long id, string tags)
    {
        var image = random.Next(3) == 0 ? Picture() : null;
        var (answer, reached) = await ReplyAsync(calls.UpdateAsync(new { table, id, image, tags }));
        if (answer is not null) Rows[id] = tags;
        else if (reached) MarkUncertain(id, tags);
    }

    private async Task DeleteAsync(MilvusImgClient calls, long id)
    {
        // HttpClient retries a call without a body when its connection breaks. An unreachable service may therefore have been killed after
        // it deleted the row.
        if (await AnswerAsync(calls.DeleteAsync(id, table)) is null)
        {
            MarkUncertain(id, null);
            return;
        }

        Rows.Remove(id);
        Deleted.Add(id);
    }

    private async Task DeleteUncertainAsync(MilvusImgClient calls, long id)
    {
        if (await AnswerAsync(calls.DeleteAsync(id, table)) is null)
        {
            Uncertain[id] = [.. Uncertain[id], null];
            return;
        }

        Uncertain.Remove(id);
        Deleted.Add(id);
    }

    private async Task SearchAsync(MilvusImgClient calls)
    {
        if (await AnswerAsync(calls.SearchAsync(new { table, image = Picture(), TOP_K = 1000 })) is not { } answer) return;
        using var json = JsonDocument.Parse(answer);
        var found = json.RootElement.GetProperty("data").EnumerateArray().Select(hit => hit.GetProperty("id").GetInt64()).ToList();
        found.ShouldBeUnique();
        found.Where(Deleted.Contains).ShouldBeEmpty("a deleted row was found");
    }

    private void MarkUncertain(long id, string? tags)
    {
        Uncertain[id] = [Rows[id], tags];
        Rows.Remove(id);
    }

    private long OneOf(IReadOnlyCollection<long> rows) => rows.ElementAt(random.Next(rows.Count));

    private string Picture() => GoldenPicture.Different[random.Next(GoldenPicture.Different.Count)].Base64();
}

/// <summary>A client that creates a table, fills it and drops it, over and over. Each call goes to a random service.</summary>
internal sealed class TableChurn(
    string table, Func<ServiceProcess[]> nodes, ConcurrentDictionary<(string Table, long Id), string> ids, Random random)
{
    public async Task WorkAsync(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            if (await NodeClient.AnswerAsync(Any().TableAsync(table)) is null) continue;
            var added = new HashSet<long>();
            for (var i = 0; i < 3; i++)
            {
                var add = Any().AddAsync(new { table, image = GoldenPicture.Arrow.Base64(), tags = "season" });
                if (await NodeClient.AnswerAsync(add) is not { } answer) continue;
                var id = MilvusImgClient.IdOf(answer);
                ids.TryAdd((table, id), "season").ShouldBeTrue($"id {id} was assigned twice under one name");
                added.Add(id);
            }

            if (await NodeClient.AnswerAsync(Any().DropAsync(table)) is null) continue;
            (await NodeClient.AnswerAsync(Any().CountAsync(table))).ShouldBeNull("the table was dropped");
        }
    }

    private MilvusImgClient Any() => NodeClient.Any(nodes, random);
}
