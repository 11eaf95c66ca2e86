namespace ImageSearch.ClusterBench;

/// <summary>What only the cluster edition measures.</summary>
internal static class ClusterVerbs
{
    public static async Task<int> RunAsync(string[] args)
    {
        await Console.Error.WriteLineAsync("overhead [CALLS]; built with -p:Cluster=true also: scale SERVER [SECONDS]");
        return 2;
    }
}
