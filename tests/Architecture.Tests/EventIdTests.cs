using System.Reflection;
using System.Text.RegularExpressions;

namespace ImageSearch.Architecture.Tests;

/// <summary>Operators filter and count log messages by event id, so that an id means one message in the whole product.</summary>
public sealed partial class EventIdTests
{
    private static readonly Dictionary<string, (int First, int Last)> Ranges = new()
    {
        ["Api"] = (100, 199),
        ["Grains"] = (200, 259),
        ["ServiceDefaults"] = (260, 299),
        ["Silo"] = (300, 399),
        ["Embedding"] = (2000, 2099),
        ["Storage"] = (2100, 2399),
        ["Storage.Milvus"] = (2400, 2499),
        ["Storage.S3"] = (2500, 2599),
        ["Cli"] = (3000, 3099),
        ["Fetching"] = (4100, 4199),
    };

    [Fact]
    public void No_event_id_is_used_twice() =>
        Product.Projects.SelectMany(Ids).GroupBy(id => id.Value).Where(same => same.Count() > 1)
            .Select(same => string.Join(", ", same.Select(id => id.Name))).ShouldBeEmpty();

    [Fact]
    public void An_event_id_lies_in_the_range_of_its_project() =>
        Product.Projects.SelectMany(project => Ids(project).Where(id => id.Value < Ranges[project].First || id.Value > Ranges[project].Last))
            .ShouldBeEmpty();

    [Fact]
    public void Each_event_id_belongs_to_one_message()
    {
        var used = Product.Files(Product.Source, ".cs").SelectMany(file => Use().Matches(File.ReadAllText(file)).Select(use => Path.GetDirectoryName(Path.GetRelativePath(Product.Source, file)) + use.Value)).ToList();
        used.GroupBy(use => use).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
        used.Count.ShouldBe(Product.Projects.Sum(project => Ids(project).Count()));
    }

    [Fact]
    public void Log_messages_name_their_event_id() =>
        Product.Files(Product.Source, ".cs").Where(file => Number().IsMatch(File.ReadAllText(file))).ShouldBeEmpty();

    private static IEnumerable<(string Name, int Value)> Ids(string project) =>
        Product.AssemblyOf(project).GetTypes().Where(type => type.Name == "EventIds")
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(field => ($"{project}.{field.Name}", (int)field.GetRawConstantValue()!));

    [GeneratedRegex(@"EventIds\.\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Use();

    [GeneratedRegex(@"LoggerMessage\(\s*(EventId = )?\d", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
