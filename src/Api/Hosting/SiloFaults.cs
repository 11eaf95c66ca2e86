using System.Reflection;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.Hosting;

/// <summary>
/// What a caller sees when a silo dies, leaves or does not answer: calls marked <see cref="RetryableAttribute"/> are made again for some
/// seconds, by when most tables have moved; then, and for all other calls at once, the answer is 503, which clients may try again.
/// </summary>
internal sealed partial class SiloFaults(TimeProvider time, ILogger<SiloFaults> logger) : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

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
            catch (Exception e) when (IsPassing(e) && IsOurs(context))
            {
                LogFault(context.MethodName, e.Message);
                var repeatable = context.InterfaceMethod.IsDefined(typeof(RetryableAttribute)) && e is not TimeoutException;
                if (!repeatable || time.GetElapsedTime(started) > Patience) throw new BusyException();
            }

            await Task.Delay(Pause, time);
        }
    }

    // Orleans calls grains of its own too, and handles their faults itself.
    private static bool IsOurs(IOutgoingGrainCallContext context) => context.InterfaceMethod.DeclaringType?.Assembly == typeof(ITableGrain).Assembly;

    private static bool IsPassing(Exception e) =>
        e is OrleansMessageRejectionException or TimeoutException or Orleans.Runtime.Messaging.ConnectionFailedException or GatewayTooBusyException;

    [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "{Call} did not reach a silo, or not its answer: {Reason}")]
    private partial void LogFault(string call, string reason);
}
