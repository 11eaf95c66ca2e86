using System.Reflection;
using ImageSearch.Api.Limits;
using Orleans.Runtime.Messaging;

namespace ImageSearch.Api.Hosting;

/// <summary>
/// Handles grain calls that failed because a silo stopped, is unreachable or timed out, or because the grain was being deactivated, as
/// happens in a lone process too. Calls marked <see cref="RetryableAttribute"/> are repeated for some seconds, by when most tables have
/// moved to another silo. Then, and for all other calls at once, the result is <see cref="FailureCode.Busy"/>: clients may try again.
/// </summary>
internal sealed class SiloFaults(TimeProvider time, ILogger<SiloFaults> logger) : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan RetryFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    // An instance of its own, by which IsUnanswered knows it.
    private static readonly Failure Unanswered = RequestLimits.ServiceBusy with { };

    /// <summary>
    /// Whether a result comes from here. The call may still be running: a message to another process may hold its arguments.
    /// </summary>
    public static bool IsUnanswered(Failure? failure) => ReferenceEquals(failure, Unanswered);

    /// <inheritdoc/>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception e) when (IsTransient(e) && IsOwnGrain(context))
            {
                logger.SiloUnreachable(context.MethodName, e.Message);
                var isRetryable = context.InterfaceMethod.IsDefined(typeof(RetryableAttribute)) && e is not TimeoutException;
                if (!isRetryable || time.GetElapsedTime(started) > RetryFor)
                {
                    // Grains that call grains handle exceptions, as they do in a silo without this filter.
                    if (context.SourceContext is not null) throw;
                    context.Result = UnansweredResult(context.InterfaceMethod);
                    return;
                }
            }

            await Task.Delay(RetryDelay, time);
        }
    }

    // Every method of the grain interfaces returns a Task<Result<T>>.
    private static object? UnansweredResult(MethodInfo method) =>
        method.ReturnType.GetGenericArguments()[0].GetMethod("op_Implicit", [typeof(Failure)])!.Invoke(null, [Unanswered]);

    // Orleans handles the faults of its own grains.
    private static bool IsOwnGrain(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType?.Assembly == typeof(ITableGrain).Assembly;

    private static bool IsTransient(Exception e) =>
        e is OrleansMessageRejectionException or TimeoutException or ConnectionFailedException or GatewayTooBusyException;
}
