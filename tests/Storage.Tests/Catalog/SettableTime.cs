namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>A clock that only changes when it is set.</summary>
internal sealed class SettableTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
