using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>A table whose index takes a backup some time to copy.</summary>
internal static class SlowTable
{
    /// <summary>Creates the table, with a file of this size among those of its index.</summary>
    public static async Task AddAsync(ServiceProcess service, int megabytes)
    {
        var calls = new NativeClient(service.Client);
        var table = await calls.NewTableAsync();
        await calls.PutItemAsync(table, "one", GoldenPicture.Flag);
        var index = Directory.EnumerateDirectories(Path.Combine(service.DataPath, "index"), $"*_{table}").ShouldHaveSingleItem();
        await File.WriteAllBytesAsync(Path.Combine(index, "ballast"), new byte[megabytes << 20]);
    }
}
