using System.Globalization;
using System.Net.Http.Headers;

namespace ImageSearch.Storage;

/// <summary>How a gRPC call ended.</summary>
/// <param name="Code">0 for well, else gRPC's number.</param>
/// <param name="Message">The server's words, made printable.</param>
internal readonly record struct GrpcStatus(int Code, string Message)
{
    public const int Ok = 0;
    public const int Cancelled = 1;
    public const int DeadlineExceeded = 4;
    public const int NotFound = 5;
    public const int AlreadyExists = 6;
    public const int PermissionDenied = 7;
    public const int ResourceExhausted = 8;
    public const int Aborted = 10;
    public const int Unimplemented = 12;
    public const int Unavailable = 14;
    public const int Unauthenticated = 16;

    /// <summary>The status in trailers, or in the headers of an answer without a body; null where there is none.</summary>
    public static GrpcStatus? From(HttpHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues("grpc-status", out var codes)) return null;
        if (!int.TryParse(codes.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return null;
        var message = headers.NonValidated.TryGetValues("grpc-message", out var messages) ? messages.ToString() : "";
        return new GrpcStatus(code, ServerText.Printable(Uri.UnescapeDataString(message)));
    }
}
