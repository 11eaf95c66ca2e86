using System.Reflection;

namespace ImageSearch.Api.Tests.Pictures;

/// <summary>A grain or a grain factory; a delegate answers every call from the method's arguments.</summary>
public class Stub : DispatchProxy
{
    private Func<object?[], object?>? _answer;

    public static T Of<T>(Func<object?[], object?> answer)
        where T : class
    {
        var stub = Create<T, Stub>();
        ((Stub)(object)stub)._answer = answer;
        return stub;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer!(args ?? []);
}
