using System.Globalization;
using ImageSearch.ClusterBench;
using ImageSearch.Silo.Cluster;

switch (args)
{
    case ["overhead", ..]:
        var calls = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20_000;
        Console.WriteLine(await CallOverhead.MeasureAsync("alone", GrainPlace.StartAloneAsync, calls));
        Console.WriteLine(await CallOverhead.MeasureAsync("cluster", GrainPlace.StartClusterAsync, calls));
        return 0;
    case ["silo"]:
        return await SiloProcess.RunAsync([], (_, _) => new PacedEmbedder());
    case ["scale", var server, ..]:
        var seconds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 15;
        foreach (var silos in new[] { 1, 2, 4 }) Console.WriteLine(await AddScale.MeasureAsync(server, silos, TimeSpan.FromSeconds(seconds)));
        return 0;
    case ["import", var server, ..]:
        var pictures = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 20_000;
        Console.WriteLine(await ImportRate.MeasureAsync("SQLite", [], pictures));
        Console.WriteLine(await ImportRate.MeasureAsync("MySQL", AddScale.Settings(server), pictures));
        return 0;
    default:
        await Console.Error.WriteLineAsync("overhead [CALLS]; import|scale \"host=…;port=…;user=…;password=…\" [PICTURES|SECONDS]");
        return 2;
}
