using System.Globalization;
using ImageSearch.Silo;

namespace ImageSearch.ClusterBench;

/// <summary>What only the cluster edition measures.</summary>
internal static class ClusterVerbs
{
    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["silo"]:
                return await SiloProcess.RunAsync([], (_, _) => new PacedEmbedder());
            case ["scale", var server, ..]:
                var seconds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 15;
                foreach (var silos in new[] { 1, 2, 4 }) Console.WriteLine(await AddScale.MeasureAsync(server, silos, TimeSpan.FromSeconds(seconds)));
                return 0;
            default:
                await Console.Error.WriteLineAsync("overhead [CALLS]; scale \"host=…;port=…;user=…;password=…\" [SECONDS]");
                return 2;
        }
    }
}
