namespace ImageSearch.Api.Tests.Docs;

/// <summary>A test that needs a program of another language. Without the program it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LanguageFactAttribute : FactAttribute
{
    /// <param name="program">The program, as PATH finds it.</param>
    public LanguageFactAttribute(string program)
    {
        Program = program;
        if (!IsInstalled(program)) Skip = $"{program} is not installed";
    }

    public string Program { get; }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
