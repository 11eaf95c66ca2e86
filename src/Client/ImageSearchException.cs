namespace ImageSearch.Client;

/// <summary>A call failed. The derived classes say how.</summary>
public abstract class ImageSearchException : Exception
{
    private protected ImageSearchException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
