namespace ImageSearch.Deploy.Tests;

/// <summary>A file of lines NAME=value.</summary>
internal static class EnvFile
{
    public static IReadOnlyDictionary<string, string> Load(string file) =>
        Repository.Read(file).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
