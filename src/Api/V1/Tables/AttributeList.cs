using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Tables;

/// <summary>The attribute schema of a table: <c>[{"name", "type", "indexed"}]</c>.</summary>
internal static class AttributeList
{
    private static readonly string NameBound =
        $"a letter or underscore, then letters, digits or underscores, at most {AttributeDefinition.MaxNameLength}, not a field of every item or a word of filters";

    private static readonly string[] Known = ["name", "type", "indexed"];

    /// <summary>Reads the member <c>attributes</c>; none if it is missing or null.</summary>
    public static Result<IReadOnlyList<AttributeDefinition>> Read(Members members)
    {
        if (!members.Objects("attributes", TableSettings.MaxAttributes).TryGet(out var objects, out var failure)) return failure;
        var attributes = new List<AttributeDefinition>();
        foreach (var (i, json) in (objects ?? []).Index())
        {
            if (!ReadOne(json, $"attributes[{i}].").TryGet(out var attribute, out failure)) return failure;
            if (attributes.Any(other => other.Name == attribute.Name))
                return InvalidField.Of($"attributes[{i}].name", attribute.Name, "a name that no other attribute has");
            attributes.Add(attribute);
        }

        return attributes;
    }

    private static Result<AttributeDefinition> ReadOne(Memory<byte> json, string prefix)
    {
        if (!Members.Parse(json, prefix, Known).TryGet(out var members, out var failure)
            || !members.Text("name", int.MaxValue).TryGet(out var name, out failure)
            || !members.Word<AttributeType>("type").TryGet(out var type, out failure)
            || !members.Boolean("indexed").TryGet(out var indexed, out failure))
            return failure;
        if (AttributeDefinition.CheckName(name) is not null) return InvalidField.Of(members.Path("name"), name, NameBound);
        return type is null
            ? InvalidField.Missing(members.Path("type"), EnumWord.All<AttributeType>())
            : new AttributeDefinition(name!, type.Value, indexed ?? true);
    }
}
