using System.Net;
using System.Security.Authentication;
using Google.Protobuf;
using Grpc.Core;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Turns what went wrong below Milvus' own answers into sentences.</summary>
internal static class MilvusFaults
{
    private const string Later = "pictures are still stored and are indexed when it is back";

    public static MilvusException Garbled(MilvusOptions options, string what, Exception? inner = null) =>
        new(MilvusFault.Garbled, $"what answers at {options} is no Milvus that this program knows: {what}; check host, port and TLS", inner);

    public static MilvusException Unreachable(MilvusOptions options, string why, Exception? inner = null) =>
        new(MilvusFault.Unreachable, $"Milvus at {options} can't be reached ({why}); {Later}", inner) { IsTransient = true };

    public static MilvusException Deadline(MilvusOptions options, TimeSpan timeout, Exception? inner = null) =>
        new(MilvusFault.Deadline, FormattableString.Invariant(
            $"Milvus at {options} did not answer within {timeout.TotalSeconds:0.###} s; {Later}"), inner);

    /// <summary>A call that did not end well; the channel's exception says whether the server, the connection or the answer is to blame.</summary>
    public static MilvusException From(MilvusOptions options, RpcException exception) => exception.Status.DebugException switch
    {
        MilvusException e => e,
        // Before IOException, which it is as well.
        InvalidProtocolBufferException e => Garbled(options, "its answer does not parse", e),
        // A connection that takes too long to be made ends in a cancellation.
        HttpRequestException or IOException or OperationCanceledException => Broken(options, exception.Status.DebugException),
        _ => From(options, exception.StatusCode, ServerText.Printable(exception.Status.Detail)),
    };

    public static MilvusException From(MilvusOptions options, HttpStatusCode status) => (int)status switch
    {
        401 or 403 => Refused(options, $"HTTP {(int)status}"),
        429 => Busy(options, "HTTP 429"),
        502 or 503 or 504 => Unreachable(options, $"HTTP {(int)status}"),
        _ => Garbled(options, $"it answered HTTP {(int)status}"),
    };

    public static MilvusException Refused(MilvusOptions options, string why) =>
        new(MilvusFault.Refused, $"Milvus at {options} refuses the login; check its user, password or token and that user's rights: {why}");

    public static MilvusException Busy(MilvusOptions options, string why) =>
        new(MilvusFault.RateLimited, $"Milvus at {options} has too much to do or its quota is used up: {why}; {Later}") { IsTransient = true };

    public static MilvusException Failed(MilvusOptions options, string why) =>
        new(MilvusFault.Failed, $"Milvus at {options} could not do it: {why}");

    // The connection could not be made or broke.
    private static MilvusException Broken(MilvusOptions options, Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is AuthenticationException)
            {
                return new MilvusException(MilvusFault.Unreachable,
                    $"TLS with Milvus at {options} failed ({ServerText.Printable(e.Message)}); check its certificate, the CA file and " +
                    $"whether the server speaks TLS; {Later}",
                    exception);
            }
        }

        return Unreachable(options, ServerText.Printable(exception.GetBaseException().Message), exception);
    }

    private static MilvusException From(MilvusOptions options, StatusCode code, string message) => code switch
    {
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => Refused(options, message),
        StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Aborted => Unreachable(options, message),
        StatusCode.DeadlineExceeded => new(MilvusFault.Deadline, $"Milvus at {options} gave up in time ({message}); {Later}"),
        // grpc-go says the same of a message over its limit of length, which no later try makes shorter.
        StatusCode.ResourceExhausted when !message.Contains("message", StringComparison.OrdinalIgnoreCase) => Busy(options, message),
        StatusCode.NotFound => new(MilvusFault.NotFound, $"Milvus at {options} has it not: {message}"),
        StatusCode.AlreadyExists => new(MilvusFault.AlreadyExists, $"Milvus at {options} has it already: {message}"),
        StatusCode.Unimplemented => new(
            MilvusFault.Failed, $"Milvus at {options} does not know this call; version 2.2 or newer is needed: {message}")
        {
            IsUnimplemented = true,
        },
        _ => Failed(options, $"{message} (gRPC {(int)code})"),
    };
}
