using System.Reflection;
using System.Text;

namespace ImageSearch.Grains.Tests.Contract;

/// <summary>Writes the contract between processes: grain interfaces by alias, messages with the ids of their members.</summary>
internal static class WireContract
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(IsPartOfContract).OrderBy(WireName, StringComparer.Ordinal))
        {
            if (type.IsInterface) Write(text, $"grain {WireName(type)}", type.GetMethods().Select(Method));
            else if (type.IsEnum) Write(text, $"enum {WireName(type)}", Enum.GetNames(type).Select(name => $"{Convert.ToInt32(Enum.Parse(type, name), null)} {name}"));
            else Write(text, $"message {WireName(type)}", MessageMembers(type));
        }

        return text.ToString();
    }

    // A grain is identified by its alias, a message by its full name.
    private static string WireName(Type type) =>
        type.IsInterface ? type.GetCustomAttribute<AliasAttribute>()?.Alias ?? "without alias" : type.FullName!;

    private static bool IsPartOfContract(Type type) =>
        type.Namespace == nameof(ImageSearch)
        && (type.IsDefined(typeof(GenerateSerializerAttribute)) || (type.IsInterface && typeof(IGrainWithStringKey).IsAssignableFrom(type)));

    // Parameters of a record are numbered in order, other members by their attribute.
    private static IEnumerable<string> MessageMembers(Type type)
    {
        var parameters = type.GetConstructors(Members)
            .Where(constructor => constructor.GetParameters() is { Length: > 0 } all && all.All(p => type.GetProperty(p.Name!) is not null))
            .SelectMany(constructor => constructor.GetParameters().Select((p, number) => $"parameter {number} {Name(p.ParameterType)} {p.Name}"));
        var numbered = type.GetProperties(Members)
            .Where(property => property.IsDefined(typeof(IdAttribute)))
            .Select(property => $"id {property.GetCustomAttribute<IdAttribute>()!.Id} {Name(property.PropertyType)} {property.Name}");
        return parameters.Concat(numbered);
    }

    private static string Method(MethodInfo method) =>
        $"{method.GetCustomAttribute<AliasAttribute>()?.Alias ?? "without alias"}: {Name(method.ReturnType)}"
        + $" ({string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"))})";

    private static string Name(Type type) =>
        type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GenericTypeArguments.Select(Name))}>"
            : type.Name;

    private static void Write(StringBuilder text, string head, IEnumerable<string> lines)
    {
        text.Append(head).Append('\n');
        foreach (var line in lines) text.Append("  ").Append(line).Append('\n');
    }
}
