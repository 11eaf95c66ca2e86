using ImageSearch.Deploy.Tests.Yaml;

namespace ImageSearch.Deploy.Tests.Compose;

public sealed class ComposeSecretsTests
{
    private const string Example = "deploy/.env.example";

    public static TheoryData<string> Files => [ComposeFile.Cluster, ComposeFile.Alone];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_file_contains_no_secret(string file)
    {
        foreach (var service in new ComposeFile(file).Services)
        {
            foreach (var (name, value) in service.Node.Pairs("environment").Where(pair => IsSecret(pair.Key)))
                value.ShouldNotBeNull().ShouldMatch(@"^\$\{\w+[^}]*\}$", $"{service.Name}: {name}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_password_that_is_not_set_stops_the_start(string file)
    {
        foreach (var service in new ComposeFile(file).Services)
        {
            foreach (var (name, value) in service.Node.Pairs("environment").Where(pair => IsSecret(pair.Key) && pair.Key != "TOKEN"))
                value!.ShouldContain(":?", Case.Sensitive, $"{service.Name}: {name}");
        }
    }

    [Fact]
    public void The_example_lists_every_variable_of_the_files() =>
        EnvFile.Load(Example).Keys.Order()
            .ShouldBe(new ComposeFile(ComposeFile.Cluster).Variables.Union(new ComposeFile(ComposeFile.Alone).Variables).Order());

    [Fact]
    public void The_example_contains_no_secrets() => EnvFile.Load(Example).Where(pair => IsSecret(pair.Key)).ShouldAllBe(pair => pair.Value.Length == 0);

    [Theory]
    [InlineData("/.env")]
    [InlineData("/kubernetes/secrets.env")]
    public void Filled_in_secrets_stay_out_of_version_control(string file) =>
        Repository.Read("deploy/.gitignore").Split('\n').ShouldContain(file);

    private static bool IsSecret(string name) => SecretNames.IsSecret(name);
}
