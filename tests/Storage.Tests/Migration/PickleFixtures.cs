using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ImageSearch.Storage.Tests.Migration;

/// <summary>Features that Python wrote; tests/data/pickle/make.py made them.</summary>
internal static class PickleFixtures
{
    public sealed record Case(string Name, string Feature, string? Values)
    {
        public byte[] Pickle => Convert.FromBase64String(Feature);

        public float[] Vector => MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(Values!)).ToArray();
    }

    private sealed record Document(IReadOnlyList<Case>? Accepted, IReadOnlyList<Case> Refused);

    public static IReadOnlyList<string> NumPyFiles { get; } = [.. Directory.GetFiles(Folder(), "numpy-*.json").Select(file => Path.GetFileName(file)!)];

    public static IReadOnlyList<Case> Accepted(string file) => Read(file).Accepted!;

    public static IReadOnlyList<Case> Refused(string file) => Read(file).Refused;

    private static Document Read(string file) =>
        JsonSerializer.Deserialize<Document>(File.ReadAllText(Path.Combine(Folder(), file)), JsonSerializerOptions.Web)!;

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "data", "pickle"));
}
