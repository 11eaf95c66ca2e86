using ImageSearch.Cli.Service;
using ImageSearch.Client;

namespace ImageSearch.Cli.Doctor;

/// <summary>A service that runs: whether it answers, what it says of itself, its token and its clock.</summary>
/// <param name="connection">The service.</param>
/// <param name="isNamed">Whether the user named it; otherwise none needs to run.</param>
/// <param name="time">The clock of this machine.</param>
internal sealed class ServiceChecks(ServiceConnection connection, bool isNamed, TimeProvider time)
{
    private static readonly TimeSpan MaxClockDifference = TimeSpan.FromSeconds(30);

    private readonly ServiceTarget _target = connection.Target;

    /// <summary>Whether the service answers.</summary>
    public bool Answers { get; private set; }

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        const string Check = "service";
        var findings = new List<Finding>();
        try
        {
            var health = await connection.Client.GetHealthAsync(cancellationToken);
            Answers = true;
            findings.Add(health.IsHealthy
                ? Finding.Ok(Check, $"{_target.Address} is healthy ({health.Role}), {health.WaitingRows} rows wait for the index")
                : Finding.Failed(
                    Check, $"{_target.Address} is {health.Status}: {string.Join(", ", health.Checks.Select(check => $"{check.Key} {check.Value}"))}",
                    "look into the log of the service; the part that is named does not answer"));
            findings.Add(Clock(health.Date));
            findings.Add(await TokenAsync(cancellationToken));
        }
        catch (ImageSearchException e)
        {
            var failure = ServiceFailure.Of(e, _target);
            findings.Add(isNamed
                ? Finding.Failed(Check, failure.Message, "start the service, or correct its address")
                : Finding.Warning(Check, failure.Message, "start the service: dotnet run -c Release --project src/Api"));
        }

        return findings;
    }

    private Finding Clock(DateTimeOffset? date)
    {
        const string Check = "time";
        if (date is not { } answered) return Finding.Warning(Check, "the service does not say its time", "check whether a proxy removes the header Date");
        var difference = (time.GetUtcNow() - answered).Duration();
        return difference <= MaxClockDifference
            ? Finding.Ok(Check, "the clocks of this machine and the service agree")
            : Finding.Warning(
                Check, FormattableString.Invariant($"the clocks of this machine and the service differ by {difference.TotalSeconds:0} s"),
                "set both by NTP: dates of items and the end of keys depend on them");
    }

    private async Task<Finding> TokenAsync(CancellationToken cancellationToken)
    {
        const string Check = "token";
        try
        {
            await foreach (var _ in connection.Client.Tables.ListAsync(cancellationToken: cancellationToken)) break;
        }
        catch (ProblemException e)
        {
            return Finding.Failed(Check, ServiceFailure.Of(e, _target).Message, "set the variable TOKEN, or add a profile with the token");
        }

        if (_target.Token is not null && _target.Address.Scheme == "http" && !_target.Address.IsLoopback)
            return Finding.Warning(Check, "it is sent without TLS to another machine", "put a proxy with TLS in front of the service, and use https://");
        return Finding.Ok(Check, _target.Token is null ? "the service needs none" : "the service takes it");
    }
}
