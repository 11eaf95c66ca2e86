using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Search;

/// <summary>The examples of a search: one among its members, or the list <c>examples</c>.</summary>
internal static class ExampleList
{
    private static readonly string[] Known = [.. ExampleInput.Known, "negative"];

    public static Result<IReadOnlyList<ExampleInput>> Read(Members members, ReadOnlyMemory<byte>? upload, Action abandon)
    {
        if (!ExampleInput.Read(members, upload, abandon, isNegative: false).TryGet(out var single, out var failure)
            || !members.Objects("examples", ItemQuery.MaxExamples).TryGet(out var objects, out failure))
            return failure;
        if (objects is null or []) return single is null ? ExampleInput.Missing(members.Path("image")) : new List<ExampleInput> { single };
        if (single is not null) return InvalidField.Conflict(members.Path("examples"), single.Field);
        var examples = new List<ExampleInput>();
        foreach (var (i, json) in objects.Index())
        {
            if (!ReadOne(json, members.Path($"examples[{i}]"), abandon).TryGet(out var example, out failure)) return failure;
            examples.Add(example);
        }

        return examples.TrueForAll(example => example.IsNegative)
            ? InvalidField.Of(members.Path("examples"), "only negative examples", "a list with at least one example that is not negative")
            : examples;
    }

    private static Result<ExampleInput> ReadOne(Memory<byte> json, string path, Action abandon)
    {
        if (!Members.Parse(json, $"{path}.", Known).TryGet(out var members, out var failure)
            || !members.Boolean("negative").TryGet(out var isNegative, out failure)
            || !ExampleInput.Read(members, null, abandon, isNegative == true).TryGet(out var example, out failure))
            return failure;
        return example is null ? ExampleInput.Missing(path) : example;
    }
}
