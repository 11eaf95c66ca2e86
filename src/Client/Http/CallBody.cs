using System.Runtime.ExceptionServices;

namespace ImageSearch.Client.Http;

/// <summary>The body of a call.</summary>
internal abstract class CallBody
{
    private Action? _advanced;
    private ExceptionDispatchInfo? _sourceFailure;

    /// <summary>Whether the body can be sent again after a part of it was sent.</summary>
    public abstract bool CanRepeat { get; }

    /// <summary>Whether a part of it was sent.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The body as HTTP sends it. It throws what is wrong with the caller's data, such as a missing file.</summary>
    /// <param name="advanced">Called when a part was sent.</param>
    public HttpContent Open(Action advanced)
    {
        _advanced = advanced;
        return Open();
    }

    /// <summary>Reports that a part was sent.</summary>
    public void Advance()
    {
        HasBegun = true;
        _advanced?.Invoke();
    }

    /// <summary>Runs what reads the caller's data. Its exception is not one of the connection.</summary>
    public async ValueTask<T> FromSourceAsync<T>(ValueTask<T> reading)
    {
        try
        {
            return await reading.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            FailSource(e);
            throw;
        }
    }

    /// <summary>Keeps an exception of the caller's data.</summary>
    public void FailSource(Exception exception) => _sourceFailure = ExceptionDispatchInfo.Capture(exception);

    /// <summary>Throws the exception of the caller's data, if there is one.</summary>
    public void ThrowSourceFailure() => _sourceFailure?.Throw();

    /// <summary>The body as HTTP sends it.</summary>
    protected abstract HttpContent Open();
}
