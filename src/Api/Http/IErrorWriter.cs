namespace ImageSearch.Api.Http;

/// <summary>Writes errors in the format of one of the APIs. It is metadata of the API's endpoints.</summary>
internal interface IErrorWriter
{
    /// <summary>The header <c>token</c> is wrong or missing.</summary>
    IResult TokenInvalid();

    /// <summary>A failure.</summary>
    /// <param name="context">The request.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="statusCode">The status where HTTP itself sets it, such as 413; null for the API's usual one.</param>
    IResult Error(HttpContext context, Failure failure, int? statusCode = null);
}
