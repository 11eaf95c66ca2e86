using ImageSearch.Api.Security.Access;

namespace ImageSearch.Api.V1.Imports;

/// <summary>Finds the import with an id. One into a table that the caller's key does not cover is as unknown as one that never was.</summary>
internal static class ImportAccess
{
    private const int IdLength = 32;

    /// <returns>The import, or <see cref="FailureCode.ImportNotFound"/>.</returns>
    public static async Task<Result<IImportGrain>> FindAsync(HttpContext context, IGrainFactory grains, string id)
    {
        // Other text must not become a grain's key: each key would activate a grain.
        if (id.Length != IdLength || !id.All(char.IsAsciiHexDigitLower)) return Malformed(id);
        var import = grains.GetGrain<IImportGrain>(id);
        var caller = Caller.Of(context);
        if (caller.Key is null) return Result.Success(import);
        if (!(await import.DescribeAsync(context.RequestAborted)).TryGet(out var status, out var failure)) return failure;
        return caller.Covers(status.Table) ? Result.Success(import) : ImportStatus.NotFound(id);
    }

    private static Failure Malformed(string id) =>
        new(FailureCode.ImportNotFound, "there is no import with this id; POST /v1/tables/{table}/imports answers one")
        {
            Field = "id",
            Value = id,
            Bound = "32 lower-case hexadecimal digits",
        };
}
