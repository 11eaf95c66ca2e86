namespace ImageSearch.Pages.Adding;

/// <summary>What the browser tells about an upload, at most twice a second.</summary>
public sealed record UploadReport
{
    /// <summary>choosing, sending, paused, stopped or ended.</summary>
    public string Phase { get; init; } = UploadPhase.Choosing;

    /// <summary>Why it is paused, if its user did not pause it: unreachable or session.</summary>
    public string? Reason { get; init; }

    /// <summary>The chosen pictures.</summary>
    public int Total { get; init; }

    /// <summary>Pictures that are stored.</summary>
    public int Stored { get; init; }

    /// <summary>Pictures that were not stored because their keys are there.</summary>
    public int Skipped { get; init; }

    /// <summary>Pictures that could not be stored.</summary>
    public int Failed { get; init; }

    /// <summary>The seconds of sending, without pauses.</summary>
    public double Seconds { get; init; }

    /// <summary>Errors that no report before had, the first hundred of an upload.</summary>
    public IReadOnlyList<UploadError> Errors { get; init; } = [];

    /// <summary>Pictures that are done.</summary>
    public int Done => Stored + Skipped + Failed;

    /// <summary>Whether there is more to send.</summary>
    public bool IsOpen => Phase is UploadPhase.Sending or UploadPhase.Paused;
}

/// <summary>The phases of an upload.</summary>
internal static class UploadPhase
{
    public const string Choosing = "choosing";
    public const string Sending = "sending";
    public const string Paused = "paused";
    public const string Stopped = "stopped";
    public const string Ended = "ended";
}

/// <summary>A file that could not be stored.</summary>
/// <param name="File">Its path as the user chose it.</param>
/// <param name="Key">The key that it would have had.</param>
/// <param name="Code">The code of the problem.</param>
/// <param name="Message">The reason.</param>
public sealed record UploadError(string File, string? Key, string Code, string Message);
