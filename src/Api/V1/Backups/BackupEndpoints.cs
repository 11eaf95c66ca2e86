using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Backups;

/// <summary><c>/v1/backups</c>: copies of the whole catalog. They are calls of the service's owner.</summary>
internal static class BackupEndpoints
{
    private const string NameMember = "name";

    private static readonly string[] Known = [NameMember];

    public static void MapBackups(RouteGroupBuilder group)
    {
        group.MapPost("/backups", BeginAsync).RequireLease(CallCost.Cheap).RequiresToken("backup.begin")
            .WithSummary("Back up all tables while the service runs; the name is the time by default")
            .WithBody<BackupRequest>("application/json").WithExamples(BackupExamples.Request, BackupExamples.Running)
            .Produces<BackupAnswer>(StatusCodes.Status202Accepted);
        BackupListEndpoints.MapBackupList(group);
        group.MapGet("/backups/{name}", DescribeAsync).RequireLease(CallCost.Cheap).RequiresToken("backup.get")
            .WithSummary("The progress of a backup").WithExamples(null, BackupExamples.Finished).Produces<BackupAnswer>();
        group.MapDelete("/backups/{name}", DeleteAsync).RequireLease(CallCost.Cheap).RequiresToken("backup.delete")
            .WithSummary("Cancel a backup that runs, or remove one that has ended").WithExamples(null, BackupExamples.Finished).Produces<BackupAnswer>();
    }

    private static async Task<IResult> BeginAsync(HttpContext context, IGrainFactory grains)
    {
        if (!(await Body.ReadAsync(context, Known)).TryGet(out var body, out var failure)) return V1Results.BodyError(failure);
        using var owned = body;
        if (body.Picture is not null) return V1Results.Error(InvalidField.Of("the body", null, "a JSON object, or empty"));
        if (!body.Members.Text(NameMember, BackupName.MaxLength).TryGet(out var text, out failure)) return V1Results.Error(failure);
        BackupName? name = null;
        if (text is not null)
        {
            if (!Parse(text).TryGet(out var parsed, out failure)) return V1Results.Error(failure);
            name = parsed;
        }

        var begun = await Backups(grains).BeginAsync(name, context.RequestAborted);
        if (begun.TryGet(out var status, out _)) context.Response.Headers.Location = $"/v1/backups/{status.Name}";
        return V1Results.Answer(begun, BackupAnswer.Of, V1Json.Wire.BackupAnswer, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> DescribeAsync(string name, IGrainFactory grains, CancellationToken cancellationToken) =>
        Parse(name).TryGet(out var parsed, out var failure)
            ? V1Results.Answer(await Backups(grains).DescribeAsync(parsed, cancellationToken), BackupAnswer.Of, V1Json.Wire.BackupAnswer)
            : V1Results.Error(failure);

    private static async Task<IResult> DeleteAsync(string name, IGrainFactory grains, CancellationToken cancellationToken) =>
        Parse(name).TryGet(out var parsed, out var failure)
            ? V1Results.Answer(await Backups(grains).DeleteAsync(parsed, cancellationToken), BackupAnswer.Of, V1Json.Wire.BackupAnswer)
            : V1Results.Error(failure);

    private static Result<BackupName> Parse(string text) =>
        BackupName.Parse(text).TryGet(out var name, out _) ? name : InvalidField.Of(NameMember, text, BackupName.Bound);

    private static IBackupGrain Backups(IGrainFactory grains) => grains.GetGrain<IBackupGrain>(IBackupGrain.Key);
}
