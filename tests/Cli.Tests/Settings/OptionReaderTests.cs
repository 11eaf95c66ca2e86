using System.CommandLine;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Tests.Settings;

/// <summary>Runs without other tests, because it sets variables that commands read.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ChangedEnvironment
{
    public const string Name = "Changed environment";
}

[Collection(ChangedEnvironment.Name)]
public sealed class OptionReaderTests : IDisposable
{
    private const string Variable = "IMAGESEARCH_TEST_PORT";

    private readonly SettingOption<int> _port = new("--port", Variable, ValueFormats.Port, 7, "The port.");
    private readonly SettingOption<bool> _tls = new("--tls", null, ValueFormats.Boolean, false, "Use TLS.");

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, null);

    [Theory]
    [InlineData(null, 7)]
    [InlineData(" ", 7)]
    [InlineData("8", 8)]
    [InlineData(" 8 ", 8)]
    public void Without_the_option_the_variable_wins_over_the_default(string? variable, int expected)
    {
        Environment.SetEnvironmentVariable(Variable, variable);

        Read().ShouldBe((expected, false));
    }

    [Fact]
    public void The_option_wins_over_the_variable_even_if_the_variable_is_invalid()
    {
        Environment.SetEnvironmentVariable(Variable, "tcp://10.0.0.1:3306");

        Read("--port", "9").ShouldBe((9, false));
    }

    [Theory]
    [InlineData(true, "--tls")]
    [InlineData(true, "--tls", "true")]
    [InlineData(false, "--tls", "false")]
    public void A_flag_needs_no_value(bool expected, params string[] arguments) => Read(arguments).ShouldBe((7, expected));

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("abc")]
    public void An_error_names_the_option_or_the_variable_with_its_value_and_bound(string value)
    {
        Errors("--port", value).ShouldBe([$"--port is \"{value}\", but must be a whole number from 1 to 65535."]);
        Environment.SetEnvironmentVariable(Variable, value);
        Errors().ShouldBe([$"{Variable} is \"{value}\", but must be a whole number from 1 to 65535."]);
    }

    [Fact]
    public void The_help_names_the_variable_and_the_default() =>
        _port.Option.Description.ShouldBe($"The port. Default: the variable {Variable}, or 7.");

    [Theory]
    [InlineData("METRIC_TYPE", "sum", "export", "--table", "shop", "a.jsonl")]
    [InlineData("MYSQL_PORT", "tcp://10.0.0.1:3306", "export", "--table", "shop", "a.jsonl")]
    public void A_variable_that_a_command_does_not_use_is_not_checked(string variable, string value, params string[] arguments)
    {
        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            Commands.CommandLine.Create(TimeProvider.System).Parse(arguments).Errors.ShouldBeEmpty();
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    private (int Port, bool Tls) Read(params string[] arguments) =>
        OptionReader.Read(Command().Parse(arguments), reader => (reader.Value(_port), reader.Value(_tls)));

    private IEnumerable<string> Errors(params string[] arguments) => Command().Parse(arguments).Errors.Select(error => error.Message);

    private RootCommand Command()
    {
        var command = new RootCommand { _port.Option, _tls.Option };
        OptionReader.Validate(command, reader => (reader.Value(_port), reader.Value(_tls)));
        return command;
    }
}
