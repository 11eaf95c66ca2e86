using NetArchTest.Rules;

namespace ImageSearch.Architecture.Tests;

/// <summary>Arrows between projects point one way (docs/architecture.md).</summary>
public sealed class DependencyTests
{
    // What each project may refer to, directly.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Grains.Abstractions"] = [],
        ["VectorIndex"] = [],
        ["ServiceDefaults"] = ["Grains.Abstractions"],
        ["Embedding"] = ["Grains.Abstractions"],
        ["Fetching"] = ["Grains.Abstractions"],
        ["Filtering"] = ["Grains.Abstractions"],
        ["Storage"] = ["Filtering", "Grains.Abstractions", "VectorIndex"],
        ["Storage.Milvus"] = ["Filtering", "Grains.Abstractions", "Storage"],
        ["Storage.S3"] = ["Grains.Abstractions", "Storage"],
        ["Grains"] = ["Embedding", "Fetching", "Filtering", "Grains.Abstractions", "Storage"],
        ["Silo"] = ["Grains.Abstractions", "Embedding", "Fetching", "Grains", "ServiceDefaults", "Storage", "Storage.Milvus", "Storage.S3"],
        ["Api"] = ["Grains.Abstractions", "Embedding", "Fetching", "Filtering", "Grains", "Pages", "ServiceDefaults", "Silo", "Storage"],
        ["Client"] = [],
        ["Pages"] = ["Client"],
        ["Cli"] = ["Grains.Abstractions", "Client", "Embedding", "Fetching", "ServiceDefaults", "Storage", "Storage.Milvus"],
    };

    public static TheoryData<string> Projects => [.. Product.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_those_below_it(string project) =>
        Product.AssemblyOf(project).GetReferencedAssemblies().Select(Product.ProjectOf).OfType<string>()
            .Except(Allowed[project]).ShouldBeEmpty();

    [Theory]
    [InlineData("ImageSearch.Storage")]
    [InlineData("ImageSearch.Embedding")]
    [InlineData("ImageSearch.Grains")]
    [InlineData("ImageSearch.Silo")]
    [InlineData("ImageSearch.VectorIndex")]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("Microsoft.ML.OnnxRuntime")]
    [InlineData("MySqlConnector")]
    [InlineData("NetVips")]
    public void The_web_API_knows_no_database_and_no_tensor_outside_its_Hosting_folder(string forbidden) =>
        Failing(
            Types.InAssembly(Product.AssemblyOf("Api")).That()
                .ResideInNamespaceMatching(@"^ImageSearch\.Api(?!\.Hosting)")
                .Should().NotHaveDependencyOnAny(forbidden))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("Client")]
    [InlineData("VectorIndex")]
    public void The_packages_for_other_programs_know_no_other_project(string project) =>
        Product.AssemblyOf(project).GetReferencedAssemblies().Select(name => name.Name!)
            .ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void Grains_know_no_web_server() =>
        Failing(Types.InAssembly(Product.AssemblyOf("Grains")).Should().NotHaveDependencyOnAny("Microsoft.AspNetCore")).ShouldBeEmpty();

    private static IEnumerable<string> Failing(ConditionList rule) => rule.GetResult().FailingTypes.Select(type => type.FullName);
}
