namespace ImageSearch.Api.Http;

/// <summary>How one of the documented APIs words what stops a request before its endpoint, or in it.</summary>
internal interface IErrorWriter
{
    /// <summary>The header <c>token</c> is wrong or absent.</summary>
    IResult TokenInvalid();

    /// <summary>A failure; the status is 200 unless the request was stopped before the endpoint could work on it.</summary>
    IResult Refuse(HttpContext context, Failure failure, int statusCode = StatusCodes.Status200OK);
}
