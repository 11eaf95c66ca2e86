using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>
/// A client of several services that share a catalog: each call goes to any of them. It remembers what was answered; what failed may have
/// happened or not, and is only deleted.
/// </summary>
internal sealed class NodeClient(
    int number, string table, Func<ServiceProcess[]> nodes, ConcurrentDictionary<(string Table, long Id), string> ids, Random random)
{
    // With those in doubt: all clients' rows together must fit into one search.
    private const int MaxRows = 120;

    // More than a killed service or two leave.
    private const int MaxInDoubt = 20;
    private int _written;

    /// <summary>Rows that must be there, by id, with their tags.</summary>
    public Dictionary<long, string> Rows { get; } = [];

    /// <summary>Rows that must never be there again.</summary>
    public HashSet<long> Deleted { get; } = [];

    /// <summary>Rows whose last write was not answered, with what they may be.</summary>
    public Dictionary<long, IReadOnlyList<string?>> Open { get; } = [];

    /// <summary>Tags of adds that were not answered.</summary>
    public HashSet<string> OpenAdds { get; } = [];

    public async Task WorkAsync(CancellationToken enough)
    {
        await Task.Yield();
        while (!enough.IsCancellationRequested)
        {
            var calls = Any(nodes, random);
            var tags = string.Create(CultureInfo.InvariantCulture, $"{number}-{++_written}");
            var choice = Rows.Count < 3 ? 0 : random.Next(9);
            if (Open.Count > MaxInDoubt) await DeleteInDoubtAsync(calls, OneOf(Open.Keys));
            else if (choice <= 2 && Rows.Count + Open.Count < MaxRows) await AddAsync(calls, tags);
            else if (choice <= 4 && Rows.Count > 0) await ChangeAsync(calls, OneOf(Rows.Keys), tags);
            else if (choice == 5) await DeleteAsync(calls, OneOf(Rows.Keys));
            else if (choice == 8 && Open.Count > 0) await DeleteInDoubtAsync(calls, OneOf(Open.Keys));
            else if (choice == 6) await SearchAsync(calls);
            else await AnswerAsync(calls.LoadAsync(table));
        }
    }

    /// <summary>A client of any of the services.</summary>
    public static MilvusImgClient Any(Func<ServiceProcess[]> nodes, Random random) => new(nodes()[random.Next(nodes().Length)].Client);

    /// <summary>The answer of a call that succeeded; null where it failed or nobody answered.</summary>
    public static async Task<string?> AnswerAsync(Task<string> call) => (await ReplyAsync(call)).Answer;

    // Reached: the service may have done something, whatever it answered.
    private static async Task<(string? Answer, bool Reached)> ReplyAsync(Task<string> call)
    {
        try
        {
            var answer = await call;
            return (answer.StartsWith("""{"code":10000,""", StringComparison.Ordinal) ? answer : null, true);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50)); // It is being started again.
            return (null, false);
        }
        catch (SocketException)
        {
            // The connection broke off before HttpClient had it; nothing was sent.
            return (null, false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException or TaskCanceledException or ShouldAssertException)
        {
            return (null, true); // The service is gone, or says that it is busy.
        }
    }

    private async Task AddAsync(MilvusImgClient calls, string tags)
    {
        var (answer, reached) = await ReplyAsync(calls.AddAsync(new { table, image = Picture(), tags }));
        if (reached && answer is null) OpenAdds.Add(tags);
        if (answer is null) return;

        var id = MilvusImgClient.IdOf(answer);
        ids.TryAdd((table, id), tags).ShouldBeTrue($"id {id} was given twice");
        Rows.Add(id, tags);
    }

    private async Task ChangeAsync(MilvusImgClient calls, long id, string tags)
    {
        var image = random.Next(3) == 0 ? Picture() : null;
        var (answer, reached) = await ReplyAsync(calls.UpdateAsync(new { table, id, image, tags }));
        if (answer is not null) Rows[id] = tags;
        else if (reached) Doubt(id, tags);
    }

    private async Task DeleteAsync(MilvusImgClient calls, long id)
    {
        // HttpClient sends a call without a body once more when its connection breaks: the service that is not reached then may be one
        // that was killed after it had deleted the row.
        if (await AnswerAsync(calls.DeleteAsync(id, table)) is null)
        {
            Doubt(id, null);
            return;
        }

        Rows.Remove(id);
        Deleted.Add(id);
    }

    private async Task DeleteInDoubtAsync(MilvusImgClient calls, long id)
    {
        if (await AnswerAsync(calls.DeleteAsync(id, table)) is null)
        {
            Open[id] = [.. Open[id], null];
            return;
        }

        Open.Remove(id);
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

    private void Doubt(long id, string? tags)
    {
        Open[id] = [Rows[id], tags];
        Rows.Remove(id);
    }

    private long OneOf(IReadOnlyCollection<long> rows) => rows.ElementAt(random.Next(rows.Count));

    private string Picture() => GoldenPicture.Different[random.Next(GoldenPicture.Different.Count)].Base64();
}

/// <summary>A client that makes a table, fills it and drops it again, each call at any of the services.</summary>
internal sealed class TableChurn(
    string table, Func<ServiceProcess[]> nodes, ConcurrentDictionary<(string Table, long Id), string> ids, Random random)
{
    public async Task WorkAsync(CancellationToken enough)
    {
        await Task.Yield();
        while (!enough.IsCancellationRequested)
        {
            if (await NodeClient.AnswerAsync(Any().TableAsync(table)) is null) continue;
            var added = new HashSet<long>();
            for (var i = 0; i < 3; i++)
            {
                var add = Any().AddAsync(new { table, image = GoldenPicture.Arrow.Base64(), tags = "season" });
                if (await NodeClient.AnswerAsync(add) is not { } answer) continue;
                var id = MilvusImgClient.IdOf(answer);
                ids.TryAdd((table, id), "season").ShouldBeTrue($"id {id} was given twice under one name");
                added.Add(id);
            }

            if (await NodeClient.AnswerAsync(Any().DropAsync(table)) is null) continue;
            (await NodeClient.AnswerAsync(Any().CountAsync(table))).ShouldBeNull("the table was dropped");
        }
    }

    private MilvusImgClient Any() => NodeClient.Any(nodes, random);
}
