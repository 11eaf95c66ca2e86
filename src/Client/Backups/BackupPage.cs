using ImageSearch.Client.Http;

namespace ImageSearch.Client.Backups;

/// <summary>A page of backups.</summary>
internal sealed record BackupPage : IPage<Backup>
{
    public IReadOnlyList<Backup> Backups { get; init; } = [];

    public string? NextCursor { get; init; }

    IReadOnlyList<Backup> IPage<Backup>.Entries => Backups;
}
