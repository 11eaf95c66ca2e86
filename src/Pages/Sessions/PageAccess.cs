namespace ImageSearch.Pages.Sessions;

/// <summary>What a session may do. The service checks every call itself; pages only leave out what would be refused.</summary>
/// <param name="IsMaster">Whether it has TOKEN, or the service needs none.</param>
/// <param name="CanRead">Whether it may search and read.</param>
/// <param name="CanWrite">Whether it may change items and import.</param>
/// <param name="CanAdminister">Whether it may create, change and drop tables.</param>
public sealed record PageAccess(bool IsMaster, bool CanRead, bool CanWrite, bool CanAdminister)
{
    /// <summary>Everything.</summary>
    public static readonly PageAccess Master = new(true, true, true, true);

    /// <summary>Nothing, as with a key that was deleted since its user logged in.</summary>
    public static readonly PageAccess None = new(false, false, false, false);
}
