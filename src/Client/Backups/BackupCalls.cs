using ImageSearch.Client.Http;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Backups;

/// <summary>The calls of backups, which need the service's token. They throw <see cref="ImageSearchException"/>.</summary>
public sealed class BackupCalls
{
    private const int EntriesPerPage = 100;

    private readonly CallSender _sender;

    internal BackupCalls(CallSender sender) => _sender = sender;

    /// <summary>Begins a backup of all tables.</summary>
    /// <param name="name">Its name: 1 to 64 letters, digits, - or _; null for the time.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Backup> BeginAsync(string? name = null, CancellationToken cancellationToken = default) => _sender.ReadAsync(
        // Sent twice, the second request would find the first backup.
        new Call(HttpMethod.Post, Call.PathOf("backups")) { Body = new JsonBody(new Members().Add("name", name).ToJson()), IsIdempotent = false },
        ClientJson.Wire.Backup,
        cancellationToken);

    /// <summary>A backup and its progress.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Backup> GetAsync(string name, CancellationToken cancellationToken = default) =>
        _sender.ReadAsync(new Call(HttpMethod.Get, Call.PathOf("backups", name)), ClientJson.Wire.Backup, cancellationToken);

    /// <summary>Backups, newest first, read page by page as far as the caller goes.</summary>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<Backup> ListAsync(CancellationToken cancellationToken = default) => Pages.ReadAsync<BackupPage, Backup>(
        _sender, Call.PathOf("backups"), () => new Members().Add("limit", EntriesPerPage), ClientJson.Wire.BackupPage, cancellationToken);

    /// <summary>Cancels a backup that runs, or removes one that has ended.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Backup> DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        _sender.ReadAsync(new Call(HttpMethod.Delete, Call.PathOf("backups", name)), ClientJson.Wire.Backup, cancellationToken);
}
