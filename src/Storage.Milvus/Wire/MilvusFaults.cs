using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Google.Protobuf;
using Grpc.Core;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>
/// Creates exceptions for failures of the transport and of the gRPC status. <see cref="MilvusStatus"/> maps Milvus' own status.
/// </summary>
internal static class MilvusFaults
{
    private const string Later = "pictures are still stored and will be indexed when it is available again";

    public static MilvusException Garbled(MilvusOptions options, string what, Exception? inner = null) =>
        new(MilvusFault.Garbled, $"the server at {options} is not a supported Milvus: {what}; check host, port and TLS", inner);

    public static MilvusException Unreachable(MilvusOptions options, string why, Exception? inner = null) =>
        new(MilvusFault.Unreachable, $"Milvus at {options} can't be reached ({why}); {Later}", inner)
        {
            IsTransient = true,
            // That of the last attempt.
            Reason = (inner as MilvusException)?.Reason ?? why,
        };

    public static MilvusException Deadline(MilvusOptions options, TimeSpan timeout, Exception? inner = null)
    {
        var reason = FormattableString.Invariant($"did not respond within {timeout.TotalSeconds:0.###} s");
        return new MilvusException(MilvusFault.Deadline, $"Milvus at {options} {reason}; {Later}", inner) { Reason = reason };
    }

    /// <summary>Maps a failed call. The inner exception shows whether the server, the connection or the response is the cause.</summary>
    public static MilvusException From(MilvusOptions options, RpcException exception) => exception.Status.DebugException switch
    {
        MilvusException e => e,
        // Before IOException, its base class.
        InvalidProtocolBufferException e => Garbled(options, "its response is not valid protobuf", e),
        // A connect timeout surfaces as a cancellation.
        HttpRequestException or IOException or SocketException or OperationCanceledException => ConnectionFailed(options, exception.Status.DebugException),
        _ => From(options, exception.StatusCode, ServerText.Printable(exception.Status.Detail)),
    };

    public static MilvusException From(MilvusOptions options, HttpStatusCode status) => (int)status switch
    {
        401 or 403 => Refused(options, $"HTTP {(int)status}"),
        429 => Busy(options, "HTTP 429"),
        502 or 503 or 504 => Unreachable(options, $"HTTP {(int)status}"),
        _ => Garbled(options, $"its response is HTTP {(int)status}"),
    };

    public static MilvusException Refused(MilvusOptions options, string why) =>
        new(MilvusFault.Refused, $"Milvus at {options} denied access; check user, password or token, and the user's privileges: {why}");

    public static MilvusException Busy(MilvusOptions options, string why) =>
        new(MilvusFault.RateLimited, $"Milvus at {options} is overloaded or its quota is exhausted: {why}; {Later}") { IsTransient = true };

    public static MilvusException Failed(MilvusOptions options, string why) =>
        new(MilvusFault.Failed, $"the call to Milvus at {options} failed: {why}");

    private static MilvusException ConnectionFailed(MilvusOptions options, Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is AuthenticationException)
            {
                var reason = ServerText.Printable(e.Message);
                return new MilvusException(MilvusFault.Unreachable,
                    $"TLS with Milvus at {options} failed ({reason}); check its certificate, the CA file and whether TLS is enabled on the server; {Later}",
                    exception)
                {
                    Reason = $"TLS failed ({reason})",
                };
            }
        }

        return Unreachable(options, ServerText.Printable(exception.GetBaseException().Message), exception);
    }

    private static MilvusException From(MilvusOptions options, StatusCode code, string message) => code switch
    {
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => Refused(options, message),
        StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Aborted => Unreachable(options, message),
        StatusCode.DeadlineExceeded => new(MilvusFault.Deadline, $"the call to Milvus at {options} timed out ({message}); {Later}") { Reason = $"timed out ({message})" },
        // grpc-go reports the same code for a message over its length limit, which a retry can't fix.
        StatusCode.ResourceExhausted when !message.Contains("message", StringComparison.OrdinalIgnoreCase) => Busy(options, message),
        StatusCode.NotFound => new(MilvusFault.NotFound, $"Milvus at {options} found nothing: {message}"),
        StatusCode.AlreadyExists => new(MilvusFault.AlreadyExists, $"Milvus at {options} already has it: {message}"),
        StatusCode.Unimplemented => new(
            MilvusFault.Failed, $"Milvus at {options} does not implement this call; version 2.2 or newer is required: {message}")
        {
            IsUnimplemented = true,
        },
        _ => Failed(options, $"{message} (gRPC {(int)code})"),
    };
}
