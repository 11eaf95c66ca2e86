using System.Diagnostics;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>What services that share a catalog must agree on when their clients have stopped: the rows of table <c>shop</c>.</summary>
internal static class NodeAgreement
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Every answered write is there at every service, nothing deleted is, and all have the same rows.</summary>
    public static async Task JudgeAsync(ServiceProcess[] nodes, List<NodeClient> clients, string when)
    {
        clients.Sum(client => client.Rows.Count).ShouldBeGreaterThan(clients.Count, when);
        var known = clients.SelectMany(client => client.Rows.Keys.Concat(client.Open.Keys).Concat(client.Deleted)).ToHashSet();
        var openAdds = clients.SelectMany(client => client.OpenAdds).ToHashSet();
        var found = new Dictionary<long, string>();
        foreach (var node in nodes)
        {
            var here = await AgreedAsync(new MilvusImgClient(node.Client), clients, when);
            foreach (var (id, possible) in clients.SelectMany(client => client.Open))
                possible.ShouldContain(here.GetValueOrDefault(id), $"row {id} was being written; {when}");
            foreach (var id in clients.SelectMany(client => client.Deleted)) here.ShouldNotContainKey(id, $"row {id} was deleted; {when}");
            var others = here.Where(row => !known.Contains(row.Key)).Select(row => row.Value).ToList();
            others.ShouldBeUnique(when);
            others.ShouldAllBe(tags => openAdds.Contains(tags), when);
            if (found.Count > 0) here.ShouldBe(found, ignoreOrder: true, when);
            found = here;
        }
    }

    // The other services' last writes take up to a second to arrive; what must be there is waited for.
    private static async Task<Dictionary<long, string>> AgreedAsync(MilvusImgClient calls, List<NodeClient> clients, string when)
    {
        var must = clients.SelectMany(client => client.Rows).Where(row => !clients.Any(client => client.Open.ContainsKey(row.Key))).ToList();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var found = (await calls.FoundAsync("shop", GoldenPicture.Arrow, 1000)).ToDictionary(hit => hit.Id, hit => hit.Tags);
            var missing = must.Where(row => found.GetValueOrDefault(row.Key) != row.Value).ToList();
            var complete = await calls.CountAsync("shop") == MilvusImgClient.Data(found.Count);
            if (missing.Count == 0 && complete) return found;
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(
                Patience, $"{missing.Count} answered rows are missing, such as {missing.FirstOrDefault()}; {when}");
            await Task.Delay(100);
        }
    }
}
