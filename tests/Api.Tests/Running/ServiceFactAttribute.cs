namespace ImageSearch.Api.Tests.Running;

/// <summary>
/// A test that needs something a plain checkout lacks, named by an environment variable. Without the variable it is skipped, unless
/// SERVICES_REQUIRED is set: then it runs, and fails by <see cref="Require"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ServiceFactAttribute : FactAttribute
{
    public ServiceFactAttribute(string variable)
    {
        Variable = variable;
        if (Value(variable) is null && Value("SERVICES_REQUIRED") is null) Skip = $"the environment variable {variable} is not set";
    }

    public string Variable { get; }

    /// <summary>The variable's value; fails the test where there is none.</summary>
    public static string Require(string variable) =>
        Value(variable) ?? throw new InvalidOperationException($"{variable} is not set, but SERVICES_REQUIRED is: set {variable}, or unset SERVICES_REQUIRED");

    private static string? Value(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
