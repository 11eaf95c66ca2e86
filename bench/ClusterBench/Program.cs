using System.Globalization;
using ImageSearch.ClusterBench;

switch (args)
{
    case ["overhead", ..]:
        Console.WriteLine(await CallOverhead.MeasureAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20_000));
        return 0;
    default:
        return await ClusterVerbs.RunAsync(args);
}
