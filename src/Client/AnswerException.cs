namespace ImageSearch.Client;

/// <summary>The answer is not one of the service: perhaps a proxy or another program answers at the address.</summary>
public sealed class AnswerException : ImageSearchException
{
    internal AnswerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
