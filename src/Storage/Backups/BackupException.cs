namespace ImageSearch.Storage.Backups;

/// <summary>A backup can't be written, read or restored. The message says why and what to do.</summary>
public sealed class BackupException : Exception
{
    /// <param name="code">The kind of failure.</param>
    /// <param name="message">Why, and what to do.</param>
    /// <param name="cause">The cause; null if there is none.</param>
    public BackupException(FailureCode code, string message, Exception? cause = null)
        : base(message, cause) => Code = code;

    /// <summary>The kind of failure.</summary>
    public FailureCode Code { get; }

    /// <summary>The failure, as a value.</summary>
    public Failure ToFailure() => new(Code, Message);
}
