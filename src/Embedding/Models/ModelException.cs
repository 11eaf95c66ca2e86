namespace ImageSearch.Embedding.Models;

/// <summary>A model folder can't be used; the message is one sentence that names the file, the field, its value and what is wanted.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">A sentence for the operator.</param>
    public ModelException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">A sentence for the operator.</param>
    /// <param name="innerException">What was caught.</param>
    public ModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
