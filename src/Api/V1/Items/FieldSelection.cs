using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Items;

/// <summary>The fields of items that an answer has. The id is always among them.</summary>
internal sealed class FieldSelection
{
    private static readonly string[] Names =
        ["id", "key", "product_id", "url", "path", "tags", "brief", "attributes", "created", "modified", "score", "distance"];

    private readonly IReadOnlyList<string>? _names;

    private FieldSelection(IReadOnlyList<string>? names) => _names = names;

    /// <summary>All fields.</summary>
    public static FieldSelection All { get; } = new(null);

    /// <summary>Reads the member <c>fields</c>; all if it is missing.</summary>
    public static Result<FieldSelection> Read(Members members)
    {
        if (!members.Texts("fields", Names.Length).TryGet(out var names, out var failure)) return failure;
        if (names is null) return All;
        return names.FirstOrDefault(name => !Names.Contains(name)) is { } unknown
            ? InvalidField.Of(members.Path("fields"), unknown, $"names among {string.Join(", ", Names)}")
            : new FieldSelection(names);
    }

    public bool Has(string name) => _names is null || _names.Contains(name);
}
