using System.Reflection;
using ImageSearch.Api.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Api.Tests.Hosting;

public sealed class SiloFaultsTests
{
    private static readonly MethodInfo[] Methods =
    [
        .. new[] { typeof(ITableGrain), typeof(IEmbeddingGrain), typeof(IImportGrain), typeof(IImportPieceGrain), typeof(IImportListGrain), typeof(IPictureFolderGrain) }
            .SelectMany(grain => grain.GetMethods()),
    ];

    private object? _result;

    [Fact]
    public async Task A_call_of_any_grain_that_times_out_has_a_busy_result()
    {
        foreach (var method in Methods)
        {
            _result = null;
            await InvokeAsync(method, source: null);
            _result.ShouldNotBeNull(method.Name).GetType().ShouldBe(method.ReturnType.GetGenericArguments()[0]);
            var failure = (Failure)_result.GetType().GetProperty("Failure")!.GetValue(_result)!;
            failure.Code.ShouldBe(FailureCode.Busy);
            SiloFaults.IsUnanswered(failure).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_grain_that_calls_a_grain_gets_the_exception()
    {
        var grain = Stub.Of<IGrainContext>((_, _) => null);
        await Should.ThrowAsync<TimeoutException>(() => InvokeAsync(Methods[0], grain));
        _result.ShouldBeNull();
    }

    private Task InvokeAsync(MethodInfo method, IGrainContext? source)
    {
        var context = Stub.Of<IOutgoingGrainCallContext>(
            (name, arguments) => name switch
            {
                "Invoke" => Task.FromException(new TimeoutException()),
                "get_InterfaceMethod" => method,
                "get_MethodName" => method.Name,
                "get_SourceContext" => source,
                "set_Result" => _result = arguments[0],
                _ => throw new NotSupportedException(name),
            });
        return new SiloFaults(TimeProvider.System, NullLogger<SiloFaults>.Instance).Invoke(context);
    }
}
