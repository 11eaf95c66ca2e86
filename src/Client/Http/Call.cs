using System.Net.Http.Headers;

namespace ImageSearch.Client.Http;

/// <summary>A call of the service, which may be sent several times.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path and query below the service's address, escaped.</param>
internal sealed record Call(HttpMethod Method, string Path)
{
    /// <summary>The body; null for none.</summary>
    public CallBody? Body { get; init; }

    /// <summary>The content type that is wanted; null for JSON.</summary>
    public string? Accept { get; init; }

    /// <summary>Headers with their values; those without a value are not sent.</summary>
    public IReadOnlyList<(string Name, string? Value)> Headers { get; init; } = [];

    /// <summary>Whether the call twice has the effect and the answer of the call once.</summary>
    public bool IsIdempotent { get; init; } = true;

    /// <summary>Whether HTTP 503 is an answer too.</summary>
    public bool AnswersUnavailable { get; init; }

    /// <summary>A path below <c>v1</c> whose parts are escaped.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts)
    {
        var path = "v1";
        foreach (var part in parts) path += $"/{Uri.EscapeDataString(part)}";
        return path;
    }

    /// <summary>The request, without its body.</summary>
    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(Method, new Uri(Path, UriKind.Relative));
        if (Accept is not null) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Accept));
        foreach (var (name, value) in Headers)
        {
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        }

        // A refusal arrives before a body that can't be sent again is begun.
        if (Body is { CanRepeat: false }) request.Headers.ExpectContinue = true;
        return request;
    }
}
