namespace ImageSearch.Silo.Cluster;

/// <summary>The silo's executable.</summary>
internal static class SiloProgram
{
    public static Task<int> Main(string[] args) => SiloProcess.RunAsync(args);
}
