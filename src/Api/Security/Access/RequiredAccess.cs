namespace ImageSearch.Api.Security.Access;

/// <summary>What a call needs of an API key. Metadata of the endpoint: a key can't make a call without it.</summary>
/// <param name="Scope">The scope; null for none.</param>
/// <param name="IsForMaster">Whether only the holder of TOKEN may make the call.</param>
/// <param name="Action">The call in the audit; null if it is not recorded.</param>
internal sealed record RequiredAccess(KeyScope? Scope, bool IsForMaster, string? Action);

/// <summary>Declares what calls need.</summary>
internal static class RequiredAccessMetadata
{
    /// <summary>The call searches, gets, lists or counts.</summary>
    public static RouteHandlerBuilder RequiresRead(this RouteHandlerBuilder call) => call.WithMetadata(new RequiredAccess(KeyScope.Read, false, null));

    /// <summary>The call changes items.</summary>
    public static RouteHandlerBuilder RequiresWrite(this RouteHandlerBuilder call) => call.WithMetadata(new RequiredAccess(KeyScope.Write, false, null));

    /// <summary>The call changes tables and is recorded in the audit.</summary>
    public static RouteHandlerBuilder RequiresAdmin(this RouteHandlerBuilder call, string action) =>
        call.WithMetadata(new RequiredAccess(KeyScope.Admin, false, action));

    /// <summary>Only the holder of TOKEN may make the call. A key that tries is recorded in the audit.</summary>
    public static RouteHandlerBuilder RequiresToken(this RouteHandlerBuilder call, string action) =>
        call.WithMetadata(new RequiredAccess(null, true, action));

    /// <summary>Every key may make the call.</summary>
    public static RouteHandlerBuilder AllowsEveryKey(this RouteHandlerBuilder call) => call.WithMetadata(new RequiredAccess(null, false, null));
}
