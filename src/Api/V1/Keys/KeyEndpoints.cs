using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Keys;

/// <summary><c>/v1/keys</c>: API keys, which the holder of TOKEN gives to shops.</summary>
internal static class KeyEndpoints
{
    /// <summary>Maximum time that a secret goes on after a rotation, in seconds: 7 days.</summary>
    public const int MaxGraceSeconds = 7 * 24 * 60 * 60;

    private static readonly MaxBody PlainBody = new(RequestLimits.MaxPlainBodyBytes);
    private static readonly string[] RotationMembers = ["grace_seconds"];

    public static void MapKeys(RouteGroupBuilder group)
    {
        group.MapPost("/keys", CreateAsync).WithMetadata(PlainBody).RequireLease(CallCost.Cheap).RequiresToken("key.create")
            .WithSummary("Create an API key; the answer alone has its secret")
            .WithBody<KeyRequest>("application/json").WithExamples(KeyExamples.Request, KeyExamples.Created)
            .Produces<KeyAnswer>(StatusCodes.Status201Created);
        group.MapGet("/keys/self", GetSelf).RequireLease(CallCost.Cheap).AllowsEveryKey()
            .WithSummary("What the key of this call may do, its rate and its last use").WithExamples(null, KeyExamples.Key).Produces<KeyAnswer>();
        group.MapGet("/keys/{id}", GetAsync).RequireLease(CallCost.Cheap).RequiresToken("key.get")
            .WithSummary("An API key").WithExamples(null, KeyExamples.Key).Produces<KeyAnswer>();
        group.MapPatch("/keys/{id}", PatchAsync).WithMetadata(PlainBody).RequireLease(CallCost.Cheap).RequiresToken("key.change")
            .WithSummary("Change an API key (JSON merge patch); it holds in every process within 5 seconds")
            .WithBody<KeyRequest>("application/merge-patch+json", "application/json").WithExamples(KeyExamples.Patch, KeyExamples.Key)
            .Produces<KeyAnswer>();
        group.MapDelete("/keys/{id}", DeleteAsync).RequireLease(CallCost.Cheap).RequiresToken("key.delete")
            .WithSummary("Delete an API key; every process refuses it within 5 seconds").Produces(StatusCodes.Status204NoContent);
        group.MapPost("/keys/{id}:rotate", RotateAsync).WithMetadata(PlainBody).RequireLease(CallCost.Cheap).RequiresToken("key.rotate")
            .WithSummary("Give an API key another secret; the one before goes on for grace_seconds")
            .WithBody<KeyRotationRequest>("application/json").WithExamples(KeyExamples.Rotation, KeyExamples.Created).Produces<KeyAnswer>();
    }

    private static async Task<IResult> CreateAsync(HttpContext context, KeyWriter keys)
    {
        if (!(await ReadAsync(context, isNew: true)).TryGet(out var change, out var failure)) return V1Results.BodyError(failure);
        if (!(await keys.CreateAsync(context, change)).TryGet(out var created, out failure)) return V1Results.Error(failure);
        context.Response.Headers.Location = $"/v1/keys/{created.Key.Id}";
        return Answer(context, created.Key, created.Secret, StatusCodes.Status201Created);
    }

    private static IResult GetSelf(HttpContext context, KeyWriter keys)
    {
        if (Caller.Of(context).Key is { } key) return Answer(context, key, null);
        return V1Results.Error(
            keys.Unavailable ?? new Failure(FailureCode.KeyNotFound, "the call was made with TOKEN, which is no key; send a key in the header token")
            {
                Field = "token",
                Bound = "an API key",
            });
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, KeyWriter keys) =>
        (await keys.FindAsync(context, id)).TryGet(out var key, out var failure) ? Answer(context, key, null) : V1Results.Error(failure);

    private static async Task<IResult> PatchAsync(string id, HttpContext context, KeyWriter keys)
    {
        if (!Preconditions.OfWrite(context.Request).TryGet(out var condition, out var failure)) return V1Results.Error(failure);
        if (!(await ReadAsync(context, isNew: false)).TryGet(out var change, out failure)) return V1Results.BodyError(failure);
        var changed = await keys.ChangeAsync(context, id, change, condition);
        return changed.TryGet(out var key, out failure) ? Answer(context, key, null) : V1Results.Error(failure.Named(context.Request));
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, KeyWriter keys)
    {
        if (!Preconditions.OfWrite(context.Request).TryGet(out var condition, out var failure)) return V1Results.Error(failure);
        var deleted = await keys.DeleteAsync(context, id, condition);
        return deleted.Failure is { } notDeleted ? V1Results.Error(notDeleted.Named(context.Request)) : TypedResults.NoContent();
    }

    private static async Task<IResult> RotateAsync(string id, HttpContext context, KeyWriter keys)
    {
        if (!(await Body.ReadAsync(context, RotationMembers)).TryGet(out var body, out var failure)) return V1Results.BodyError(failure);
        long? seconds;
        using (body)
        {
            if (!body.Members.Integer("grace_seconds", 0, MaxGraceSeconds).TryGet(out seconds, out failure)) return V1Results.Error(failure);
        }

        var rotated = await keys.RotateAsync(context, id, TimeSpan.FromSeconds(seconds ?? 0));
        return rotated.TryGet(out var key, out failure) ? Answer(context, key.Key, key.Secret) : V1Results.Error(failure);
    }

    private static async Task<Result<KeyChange>> ReadAsync(HttpContext context, bool isNew)
    {
        if (!(await Body.ReadAsync(context, KeyChange.Known)).TryGet(out var body, out var failure)) return failure;
        using (body) return KeyChange.Read(body.Members, isNew);
    }

    // A cache between the client and the service must not keep a secret.
    private static IResult Answer(HttpContext context, ApiKey key, string? secret, int statusCode = StatusCodes.Status200OK)
    {
        context.Response.Headers.ETag = Preconditions.Header(key.Tag);
        context.Response.Headers.CacheControl = "no-store";
        return WireJson.Answer(KeyAnswer.Of(key, secret), V1Json.Wire.KeyAnswer, statusCode);
    }
}
