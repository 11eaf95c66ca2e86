using ImageSearch.Api.Hosting;

namespace ImageSearch.Api.Http.Fields;

/// <summary>
/// Answers a call whose fields can't be read, and releases the body's memory before the answer is sent: otherwise a slow
/// reader would keep it allocated.
/// </summary>
internal sealed class RequestFieldsFilter(IErrorWriter errors) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.Arguments.OfType<RequestFields>().FirstOrDefault() is not { } fields) return await next(context);
        using (fields)
        {
            if (fields.Failure is { } failure) return errors.Error(context.HttpContext, failure);
            try
            {
                var answer = await next(context);
                if (answer is ErrorResult error && SiloFaults.IsUnanswered(error.Failure)) fields.Abandon();
                return answer;
            }
            catch
            {
                fields.Abandon();
                throw;
            }
        }
    }
}
