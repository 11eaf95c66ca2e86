using System.Net;
using System.Net.Sockets;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Doctor;

/// <summary>The folder of the data, its disk, and the ports of a service on this machine.</summary>
internal static class MachineChecks
{
    private static readonly int[] Ports = [5000, 7000];

    public static IEnumerable<Finding> DataFolder(string folder)
    {
        const string Permissions = "permissions";
        const string Disk = "disk";
        var existing = Nearest(folder);
        var probe = Path.Combine(existing, $".imagesearch-doctor-{Guid.NewGuid():N}");
        Finding written;
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            written = Finding.Ok(Permissions, existing == folder ? $"'{folder}' can be written" : $"'{folder}' is not there and can be created");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            written = Finding.Failed(
                Permissions, $"'{existing}' can't be written: {e.Message}", $"give its user the right to write, or set {Variables.DataPath} to another folder");
        }

        yield return written;
        var free = new DriveInfo(existing).AvailableFreeSpace;
        yield return free >= DiskReserve.Bytes
            ? Finding.Ok(Disk, $"{free >> 30} GiB free at '{existing}'")
            : Finding.Failed(Disk, $"{free >> 20} MiB free at '{existing}'", $"free more than {DiskReserve.Bytes >> 30} GiB: imports and backups leave that much");
    }

    /// <summary>The ports of a service without settings.</summary>
    /// <param name="serviceRuns">Whether a service answers on this machine, which has them then.</param>
    public static IEnumerable<Finding> PortsOf(bool serviceRuns)
    {
        foreach (var port in Ports)
        {
            var check = $"port {port}";
            if (IsFree(port)) yield return Finding.Ok(check, "free");
            else if (serviceRuns) yield return Finding.Ok(check, "taken while the service runs");
            else yield return Finding.Warning(check, "another program has it", "stop that program, or set ASPNETCORE_URLS to other ports");
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Nearest(string folder)
    {
        var at = folder;
        while (!Directory.Exists(at)) at = Path.GetDirectoryName(at) ?? Path.GetPathRoot(folder)!;
        return at;
    }
}
