using System.Net;
using ImageSearch.Client;
using ImageSearch.Client.Problems;

namespace ImageSearch.Cli.Service;

/// <summary>A call of the service that failed: what the user reads, and the exit code.</summary>
/// <param name="Code">A stable word, one of <see cref="ProblemCode"/> or <c>unreachable</c>.</param>
/// <param name="Message">What went wrong and what to do.</param>
/// <param name="ExitCode">The exit code.</param>
internal sealed record ServiceFailure(string Code, string Message, int ExitCode)
{
    private const string Unreachable = "unreachable";

    /// <summary>The failure of an exception.</summary>
    public static ServiceFailure Of(ImageSearchException exception, ServiceTarget target) => exception switch
    {
        ProblemException { Code: null } => new ServiceFailure(Unreachable, NotTheService(target), Commands.ExitCode.Unreachable),
        ProblemException problem => new ServiceFailure(problem.Code!, MessageOf(problem, target), ExitCodeOf(problem)),
        ConnectionException => new ServiceFailure(
            Unreachable,
            $"the service at {target.Address} can't be reached ({exception.Message.TrimEnd('.')}); check {target.Source} and that it runs",
            Commands.ExitCode.Unreachable),
        _ => new ServiceFailure(Unreachable, NotTheService(target), Commands.ExitCode.Unreachable),
    };

    private static string NotTheService(ServiceTarget target) =>
        $"{target.Address} does not answer as ImageSearch does; set {target.Source} to the address of the service";

    private static string MessageOf(ProblemException problem, ServiceTarget target) => problem.Code switch
    {
        ProblemCode.TokenInvalid when target.Token is null => $"{problem.Problem.Detail}: set the variable TOKEN, or add a profile with a token",
        _ => $"{problem.Problem.Detail} ({problem.Code})",
    };

    private static int ExitCodeOf(ProblemException problem) => problem.Status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Commands.ExitCode.NotAllowed,
        HttpStatusCode.NotFound => Commands.ExitCode.NotFound,
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout =>
            Commands.ExitCode.Unreachable,
        _ => Commands.ExitCode.Failed,
    };
}
