using System.Diagnostics;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>Verifies that services with a shared catalog agree on the rows of table <c>shop</c> after their clients have stopped.</summary>
internal static class NodeAgreement
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    /// <summary>Every service has all acknowledged writes and no deleted row, and all services have the same rows.</summary>
    public static async Task VerifyAsync(ServiceProcess[] nodes, List<NodeClient> clients, string when)
    {
        clients.Sum(client => client.Rows.Count).ShouldBeGreaterThan(clients.Count, when);
        var known = clients.SelectMany(client => client.Rows.Keys.Concat(client.Uncertain.Keys).Concat(client.Deleted)).ToHashSet();
        var uncertainAdds = clients.SelectMany(client => client.UncertainAdds).ToHashSet();
        var found = new Dictionary<long, string>();
        foreach (var node in nodes)
        {
            var here = await WaitForRowsAsync(new MilvusImgClient(node.Client), clients, when);
            foreach (var (id, possible) in clients.SelectMany(client => client.Uncertain))
                possible.ShouldContain(here.GetValueOrDefault(id), $"row {id} was being written; {when}");
            foreach (var id in clients.SelectMany(client => client.Deleted)) here.ShouldNotContainKey(id, $"row {id} was deleted; {when}");
            var unknown = here.Where(row => !known.Contains(row.Key)).Select(row => row.Value).ToList();
            unknown.ShouldBeUnique(when);
            unknown.ShouldAllBe(tags => uncertainAdds.Contains(tags), when);
            if (found.Count > 0) here.ShouldBe(found, ignoreOrder: true, when);
            found = here;
        }
    }

    // The last writes of the other services arrive within a second: wait for the acknowledged rows.
    private static async Task<Dictionary<long, string>> WaitForRowsAsync(MilvusImgClient calls, List<NodeClient> clients, string when)
    {
        var acknowledged = clients.SelectMany(client => client.Rows).Where(row => !clients.Any(client => client.Uncertain.ContainsKey(row.Key))).ToList();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var found = (await calls.FoundAsync("shop", GoldenPicture.Arrow, 1000)).ToDictionary(hit => hit.Id, hit => hit.Tags);
            var missing = acknowledged.Where(row => found.GetValueOrDefault(row.Key) != row.Value).ToList();
            var complete = await calls.CountAsync("shop") == MilvusImgClient.Data(found.Count);
            if (missing.Count == 0 && complete) return found;
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(
                Timeout, $"{missing.Count} acknowledged rows are missing, such as {missing.FirstOrDefault()}; {when}");
            await Task.Delay(100);
        }
    }
}
