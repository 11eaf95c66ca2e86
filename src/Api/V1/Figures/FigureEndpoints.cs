using ImageSearch.Api.Figures;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;

namespace ImageSearch.Api.V1.Figures;

/// <summary><c>/v1/figures</c>: how the process did in the last hour. It is a call of the service's owner.</summary>
internal static class FigureEndpoints
{
    private const string Example =
        """
        {"interval_seconds":10,"samples":[{"time":"2026-11-27T09:30:00.000Z","adds_per_second":42.3,"searches_per_second":8.1,"search_ms":{"fetch":null,"embed":{"p50":12.6,"p99":21.9},"filter":{"p50":0.52,"p99":1.1},"vectors":{"p50":0.85,"p99":1.7},"catalog":{"p50":0.31,"p99":0.74},"all":{"p50":14.9,"p99":26.1}},"queue":3,"refused":0,"working_set_bytes":318767104,"managed_bytes":41943040,"waiting_rows":0,"disk_used_bytes":21474836480,"disk_free_bytes":85899345920}]}
        """;

    public static void MapFigures(RouteGroupBuilder group) =>
        group.MapGet("/figures", (FigureRing ring) => WireJson.Answer(FiguresAnswer.Of(ring.Read()), V1Json.Wire.FiguresAnswer))
            .RequireLease(CallCost.Cheap).RequiresToken("figures.get")
            .WithSummary("Figures of the process over the last hour, a sample every ten seconds, oldest first").WithExamples(null, Example)
            .Produces<FiguresAnswer>();
}
