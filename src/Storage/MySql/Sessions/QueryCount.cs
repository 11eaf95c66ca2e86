namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>Counts the statements sent to the server.</summary>
internal sealed class QueryCount
{
    private long _count;

    public long Value => Interlocked.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}
