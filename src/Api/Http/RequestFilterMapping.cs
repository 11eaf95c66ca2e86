using ImageSearch.Api.Security;

namespace ImageSearch.Api.Http;

/// <summary>Puts a group's calls behind its <see cref="RequestFilter"/>.</summary>
internal static class RequestFilterMapping
{
    public static RouteGroupBuilder WithEdge(this RouteGroupBuilder group, IErrorWriter dialect)
    {
        group.AddEndpointFilterFactory(
            (factory, next) =>
            {
                var services = factory.ApplicationServices;
                var edge = new RequestFilter(
                    dialect,
                    services.GetRequiredService<TokenCheck>(),
                    services.GetRequiredService<ILogger<RequestFilter>>());
                return context => edge.InvokeAsync(context, next);
            });
        return group;
    }
}
