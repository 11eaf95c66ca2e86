using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security;
using ImageSearch.Api.Security.Access;

namespace ImageSearch.Api.Http;

/// <summary>Maps the endpoints of an API behind its checks.</summary>
internal static class ApiGroups
{
    /// <summary>
    /// A group for the paths below a prefix. The checks wrap the whole endpoint, not only its handler: the token is checked before the
    /// binding of parameters reads the body.
    /// </summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string prefix, IErrorWriter errors)
    {
        var token = routes.ServiceProvider.GetRequiredService<TokenCheck>();
        var gate = routes.ServiceProvider.GetRequiredService<CallGate>();
        var logger = routes.ServiceProvider.GetRequiredService<ILogger<RequestFilter>>();
        var group = routes.MapGroup(prefix).WithTags(prefix).WithMetadata(errors).AddEndpointFilter(new RequestFieldsFilter(errors));
        ((IEndpointConventionBuilder)group).Add(
            endpoint => endpoint.RequestDelegate = new RequestFilter(errors, token, gate, logger, endpoint.RequestDelegate!).InvokeAsync);
        return group;
    }

    /// <summary>Holds a lease of the <see cref="RequestLimiter"/> during the call; without one it is answered with 503.</summary>
    public static RouteHandlerBuilder RequireLease(this RouteHandlerBuilder call, CallCost cost) =>
        call.AddEndpointFilter(
            async (context, next) =>
            {
                var http = context.HttpContext;
                if (!http.RequestServices.GetRequiredService<RequestLimiter>().Acquire(cost).TryGet(out var lease, out var busy))
                    return http.GetEndpoint()!.Metadata.GetRequiredMetadata<IErrorWriter>().Error(http, busy);
                using (lease) return await next(context);
            });
}
