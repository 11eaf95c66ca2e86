namespace ImageSearch.Deploy.Tests.Docker;

/// <summary>A Dockerfile as its stages.</summary>
internal sealed class Dockerfile
{
    private Dockerfile(IReadOnlyList<Stage> stages) => Stages = stages;

    /// <summary>The Dockerfile of this repository.</summary>
    public static Dockerfile OfTheService { get; } = Parse(Repository.Read("deploy/Dockerfile"));

    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>The stages of the final images: no other stage builds on them or copies from them.</summary>
    public IEnumerable<Stage> Images =>
        Stages.Where(stage => Stages.All(other => other.Parent?.Name != stage.Name))
            .Where(stage => !CopiedFrom.Contains(stage.Name));

    /// <summary>The stages that files are copied from.</summary>
    public IReadOnlySet<string> CopiedFrom =>
        Stages.SelectMany(stage => stage.Own).Select(instruction => instruction.Options.GetValueOrDefault("from")).OfType<string>().ToHashSet();

    public Stage this[string name] => Stages.Single(stage => stage.Name == name);

    public static Dockerfile Parse(string text)
    {
        var stages = new List<Stage>();
        foreach (var instruction in Instructions(text))
        {
            if (instruction.Name == "FROM")
            {
                var words = instruction.Words;
                var name = words.Count == 3 ? words[2] : throw new FormatException($"FROM {instruction.Arguments} names no stage");
                stages.Add(new Stage(name, words[0], stages.SingleOrDefault(stage => stage.Name == words[0]), new List<Instruction>()));
            }
            else
            {
                ((List<Instruction>)stages[^1].Own).Add(instruction);
            }
        }

        return new Dockerfile(stages);
    }

    private static IEnumerable<Instruction> Instructions(string text)
    {
        var joined = "";
        foreach (var line in text.Split('\n').Where(line => !line.TrimStart().StartsWith('#')))
        {
            joined += " " + line.Trim();
            if (joined.EndsWith('\\'))
            {
                joined = joined[..^1];
                continue;
            }

            if (!string.IsNullOrWhiteSpace(joined)) yield return Instruction.Parse(joined);
            joined = "";
        }
    }
}
