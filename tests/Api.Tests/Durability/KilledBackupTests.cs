using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;
using ImageSearch.Storage.Backups;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>kill -9 while a backup is written: the service and the last good backup are whole.</summary>
public sealed class KilledBackupTests
{
    private const int Rounds = 3;

    [Fact]
    public async Task A_kill_during_a_backup_costs_only_that_backup()
    {
        var folder = Directory.CreateTempSubdirectory("imagesearch-killed-backup-");
        try
        {
            var seed = Environment.ProcessId;
            var random = new Random(seed);
            var (data, backups) = (Path.Combine(folder.FullName, "data"), Path.Combine(folder.FullName, "backups"));
            Directory.CreateDirectory(data);
            var settings = new Dictionary<string, string> { ["BACKUP_PATH"] = backups, ["BACKUP_MB_PER_SECOND"] = "10" };
            await using (var first = await ServiceProcess.StartAsync(settings, data))
            {
                await SlowTable.AddAsync(first, megabytes: 10);
                await new BackupClient(first.Client).MakeAsync("good");
            }

            for (var round = 0; round < Rounds; round++)
            {
                await using var service = await ServiceProcess.StartAsync(settings, data);
                NamesIn(backups).ShouldBe("good", $"round {round}, seed {seed}");
                (await new NativeClient(service.Client).PostAsync("/v1/backups", new { name = "killed" })).Status.ShouldBe(202);
                await Task.Delay(random.Next(1000));
                await service.KillAsync();
            }

            await using (var last = await ServiceProcess.StartAsync(settings, data)) await new BackupClient(last.Client).MakeAsync("next");
            NamesIn(backups).ShouldBe("good next", $"seed {seed}");
            foreach (var name in (string[])["good", "next"])
            {
                var check = new BackupCheck(Path.Combine(backups, name));
                check.CheckCatalog(await check.CheckFilesAsync(_ => { }, default));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string NamesIn(string folder) => string.Join(' ', Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Order());
}
