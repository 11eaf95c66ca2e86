namespace ImageSearch.Api.Http.Fields;

/// <summary>
/// Answers a call whose fields can't be read, and releases the body's memory before the answer is sent: otherwise a slow
/// reader would keep it allocated.
/// </summary>
internal sealed class RequestFieldsFilter(IErrorWriter errors) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (FieldsOf(context.Arguments) is not { } fields) return await next(context);
        using (fields)
        {
            return fields.Failure is { } failure ? errors.Error(context.HttpContext, failure) : await next(context);
        }
    }

    private static RequestFields? FieldsOf(IList<object?> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is RequestFields fields) return fields;
        }

        return null;
    }
}
