using ImageSearch.Api.Http;
using ImageSearch.Api.Security.Access;

namespace ImageSearch.Api.V1.Problems;

/// <summary><c>/v1/problems</c>: what errors mean.</summary>
internal static class ProblemEndpoints
{
    public static void MapProblems(RouteGroupBuilder group)
    {
        group.MapGet("/problems", List).AllowsEveryKey().WithSummary("All kinds of errors").Produces<ProblemKindsAnswer>();
        group.MapGet("/problems/{code}", Describe).AllowsEveryKey().WithSummary("What an error means and what to do").Produces<ProblemKindAnswer>();
    }

    private static IResult List() =>
        WireJson.Answer(new ProblemKindsAnswer([.. ProblemKinds.All.Select(ProblemKindAnswer.Of)]), V1Json.Wire.ProblemKindsAnswer);

    private static IResult Describe(string code) =>
        ProblemKinds.Find(code) is { } kind
            ? WireJson.Answer(ProblemKindAnswer.Of(kind), V1Json.Wire.ProblemKindAnswer)
            : V1Results.Status(StatusCodes.Status404NotFound, "no problem has this code; GET /v1/problems lists all");
}
