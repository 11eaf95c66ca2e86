using ImageSearch.Api.Limits;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ImageSearch.Api.Http.Bodies;

/// <summary>A part of a multipart form.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="IsFile">Whether it has a file name.</param>
/// <param name="ContentType">The part's own type; null where it has none.</param>
/// <param name="Content">Its bytes: a slice of the request's body.</param>
internal sealed record FormPart(string Name, bool IsFile, string? ContentType, Memory<byte> Content);

/// <summary>Finds the parts of a multipart form in a body, without copying them.</summary>
internal static class MultipartBody
{
    private const int MaxParts = 64;
    private const int MaxNameLength = 256;
    private const int MaxHeaders = 16;
    private const int MaxBoundaryLength = 256;

    // Half of the default: the reader allocates it for each form.
    private const int BufferBytes = 2 * 1024;

    /// <summary>Reads all parts.</summary>
    /// <param name="contentType">The request's content type, which has the boundary.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async Task<Result<IReadOnlyList<FormPart>>> ReadAsync(
        string? contentType, Memory<byte> body, CancellationToken cancellationToken)
    {
        if (Boundary(contentType) is not { } boundary) return Unreadable("its content type names no boundary of at most 256 characters");
        if (body.IsEmpty) return Unreadable("it is empty");
        using var pin = body.Pin();
        await using var stream = Stream(pin, body.Length);
        var reader = new MultipartReader(boundary, stream, BufferBytes) { HeadersCountLimit = MaxHeaders };
        var parts = new List<FormPart>();
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (parts.Count == MaxParts) return Unreadable($"it has more than {MaxParts} parts");
                await section.Body.DrainAsync(RequestLimits.MaxBodyBytes, cancellationToken);
                if (Part(section, body) is { } part) parts.Add(part);
            }

            return parts;
        }
        catch (InvalidDataException e)
        {
            return Unreadable(e.Message);
        }
        catch (IOException)
        {
            return Unreadable("it ends without its closing boundary");
        }
    }

    private static FormPart? Part(MultipartSection section, Memory<byte> body)
    {
        var disposition = section.GetContentDispositionHeader();
        var name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).ToString();
        if (name.Length is 0 or > MaxNameLength) return null;
        var isFile = disposition!.FileName.Length > 0 || disposition.FileNameStar.Length > 0;
        return new FormPart(name, isFile, section.ContentType, body.Slice((int)section.BaseStreamOffset!.Value, (int)section.Body.Position));
    }

    private static string? Boundary(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= MaxBoundaryLength ? boundary : null;
    }

    private static unsafe UnmanagedMemoryStream Stream(System.Buffers.MemoryHandle pin, int length) => new((byte*)pin.Pointer, length);

    private static Failure Unreadable(string why) => new(FailureCode.RequestInvalid, $"the form can't be read: {why}");
}
