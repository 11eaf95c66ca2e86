using System.Reflection;

namespace ImageSearch.Api.Tests;

/// <summary>An implementation of an interface; a delegate answers every call from the method's name and arguments.</summary>
public class Stub : DispatchProxy
{
    private Func<string, object?[], object?>? _answer;

    public static T Of<T>(Func<string, object?[], object?> answer)
        where T : class
    {
        var stub = Create<T, Stub>();
        ((Stub)(object)stub)._answer = answer;
        return stub;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer!(targetMethod!.Name, args ?? []);
}
