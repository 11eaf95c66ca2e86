using System.Reflection;

namespace ImageSearch.Grains.Tests;

/// <summary>Writes public and protected signatures as text, the same for whichever assembly declares them.</summary>
internal static class Signature
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string OfType(Type type)
    {
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var usage = type.GetCustomAttribute<AttributeUsageAttribute>();
        return $"{kind} {type.FullName}" + (usage is null ? "" : $" on {(int)usage.ValidOn} multiple {usage.AllowMultiple}");
    }

    public static IEnumerable<string> OfMembers(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt32(Enum.Parse(type, name), null)}");
        var methods = type.GetMethods(Declared).Where(Visible).Select(OfMethod);
        var constructors = type.GetConstructors(Declared).Where(Visible).Select(constructor => $"{Access(constructor)}new({Parameters(constructor)})");
        return [.. methods, .. constructors];
    }

    private static bool Visible(MethodBase member) => member.IsPublic || member.IsFamily || member.IsFamilyOrAssembly;

    private static string OfMethod(MethodInfo method)
    {
        var modifier = method.IsStatic ? "static " : method is { IsVirtual: true, IsFinal: false, IsAbstract: false } ? "virtual " : "";
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(OfGeneric))}>" : "";
        return $"{Access(method)}{modifier}{method.ReturnType.Name} {method.Name}{generic}({Parameters(method)})";
    }

    private static string OfGeneric(Type argument) =>
        argument.Name + " : " + string.Join(" & ", argument.GetGenericParameterConstraints().Select(constraint => constraint.Name));

    private static string Access(MethodBase member) => member.IsPublic ? "" : "protected ";

    private static string Parameters(MethodBase member) =>
        string.Join(", ", member.GetParameters().Select(p => $"{p.ParameterType.Name} {p.Name}{(p.HasDefaultValue ? " = default" : "")}"));
}
