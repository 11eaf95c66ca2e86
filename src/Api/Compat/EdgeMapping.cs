using ImageSearch.Api.Security;

namespace ImageSearch.Api.Compat;

/// <summary>Puts a group's calls behind its <see cref="Edge"/>.</summary>
internal static class EdgeMapping
{
    public static RouteGroupBuilder WithEdge(this RouteGroupBuilder group, IDialect dialect)
    {
        group.AddEndpointFilterFactory(
            (factory, next) =>
            {
                var services = factory.ApplicationServices;
                var edge = new Edge(
                    dialect,
                    services.GetRequiredService<TokenCheck>(),
                    services.GetRequiredService<ILogger<Edge>>());
                return context => edge.InvokeAsync(context, next);
            });
        return group;
    }
}
