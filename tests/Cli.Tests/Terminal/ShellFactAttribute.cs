namespace ImageSearch.Cli.Tests.Terminal;

/// <summary>A test that needs a shell. Without it the test is skipped, but fails where SERVICES_REQUIRED is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute(string shell)
    {
        var isThere = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, shell)));
        if (!isThere && Environment.GetEnvironmentVariable("SERVICES_REQUIRED") is not { Length: > 0 }) Skip = $"{shell} is not installed";
    }
}
