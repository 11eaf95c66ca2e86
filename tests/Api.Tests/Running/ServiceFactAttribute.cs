namespace ImageSearch.Api.Tests.Running;

/// <summary>
/// A test that needs an external service, whose address is in an environment variable. Without the variable it is skipped, unless
/// SERVICES_REQUIRED is set: then it runs and fails in <see cref="Require"/>.
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

    /// <summary>Gets the variable's value; fails the test if it is not set.</summary>
    public static string Require(string variable) =>
        Value(variable) ?? throw new InvalidOperationException($"{variable} is not set, but SERVICES_REQUIRED is: set {variable}, or unset SERVICES_REQUIRED");

    private static string? Value(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
