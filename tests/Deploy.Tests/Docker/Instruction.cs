namespace ImageSearch.Deploy.Tests.Docker;

/// <summary>An instruction of a Dockerfile, its lines joined.</summary>
/// <param name="Name">In upper case, such as COPY.</param>
/// <param name="Arguments">The text after the name and the options.</param>
/// <param name="Options">The options before the arguments, <c>--name=value</c>.</param>
internal sealed record Instruction(string Name, string Arguments, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>The arguments split at spaces, with their quotes.</summary>
    public IReadOnlyList<string> Words => Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static Instruction Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var options = words.Skip(1).TakeWhile(word => word.StartsWith("--", StringComparison.Ordinal)).ToList();
        return new Instruction(
            words[0].ToUpperInvariant(),
            string.Join(' ', words.Skip(1 + options.Count)),
            options.Select(option => option[2..].Split('=', 2)).ToDictionary(option => option[0], option => option.ElementAtOrDefault(1) ?? ""));
    }
}
