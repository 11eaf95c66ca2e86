using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ImageSearch.Silo;

/// <summary>
/// Gives the trace of a call the name and the outcome that OpenTelemetry's conventions ask for, which ASP.NET Core 10 leaves out. Calls for
/// the process's health, one every few seconds from each balancer, are not traced.
/// </summary>
internal sealed class CallTraces : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(TraceAsync);
            next(app);
        };

    private static async Task TraceAsync(HttpContext context, RequestDelegate next)
    {
        if (Activity.Current is not { IsAllDataRequested: true } trace)
        {
            await next(context);
            return;
        }

        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            trace.IsAllDataRequested = false;
            trace.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            await next(context);
            return;
        }

        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            Describe(trace, context, status);
        }
    }

    // A path that no route has is anybody's text and no name.
    private static void Describe(Activity trace, HttpContext context, int status)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        trace.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        if (route is not null) trace.SetTag("http.route", route);
        trace.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError) trace.SetStatus(ActivityStatusCode.Error);
    }
}
