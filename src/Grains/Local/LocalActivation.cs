namespace ImageSearch.Grains.Local;

/// <summary>
/// One live grain. Its turns run on an exclusive scheduler: an <c>await</c> in the grain comes back to it, so two turns never overlap.
/// A grain that is not reentrant also takes one call at a time.
/// </summary>
internal sealed class LocalActivation
{
    private readonly TaskScheduler _turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
    private readonly SemaphoreSlim? _oneCall;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task<Grain>> _grain;
    private readonly Action<LocalActivation> _onClosed;
    private readonly Lock _lock = new();
    private int _calls;
    private bool _closing;

    /// <param name="grainClass">The grain's class.</param>
    /// <param name="primaryKey">Its key.</param>
    /// <param name="create">Makes an instance.</param>
    /// <param name="closing">Called once, when the grain has been deactivated and before <see cref="Closed"/> ends.</param>
    public LocalActivation(GrainClass grainClass, string primaryKey, Func<Type, Grain> create, Action<LocalActivation> closing)
    {
        _onClosed = closing;
        _oneCall = grainClass.Reentrant ? null : new SemaphoreSlim(1, 1);
        _grain = new Lazy<Task<Grain>>(() => OnTurnAsync(() => ActivateAsync(grainClass, primaryKey, create)));
    }

    /// <summary>Ends when the grain has been deactivated; never fails, for those who wait for it only want a new activation.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Whether it takes no more calls.</summary>
    public bool IsClosing
    {
        get
        {
            lock (_lock) return _closing;
        }
    }

    /// <summary>What the grain's deactivation threw.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Takes part; false where the activation is ending and a new one is to be used.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_closing) return false;
            _calls++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _calls--;
            if (!_closing || _calls > 0) return;
        }

        _ = CloseAsync(); // _closed is its owner: whoever needs the end awaits that.
    }

    /// <summary>No more calls; deactivates when those under way have ended.</summary>
    public void BeginClosing()
    {
        lock (_lock)
        {
            if (_closing) return;
            _closing = true;
            if (_calls > 0) return;
        }

        _ = CloseAsync(); // _closed is its owner, as above.
    }

    public async Task<T> RunAsync<T>(Func<Grain, Task<T>> call)
    {
        Grain grain;
        try
        {
            grain = await _grain.Value.ConfigureAwait(false);
        }
        catch
        {
            BeginClosing(); // The next call tries with a new activation.
            throw;
        }

        if (_oneCall is null) return await OnTurnAsync(() => call(grain)).ConfigureAwait(false);
        await _oneCall.WaitAsync().ConfigureAwait(false);
        try
        {
            return await OnTurnAsync(() => call(grain)).ConfigureAwait(false);
        }
        finally
        {
            _oneCall.Release();
        }
    }

    private async Task<Grain> ActivateAsync(GrainClass grainClass, string primaryKey, Func<Type, Grain> create)
    {
        var grain = create(grainClass.Type);
        grain.PrimaryKey = primaryKey;
        grain.Deactivate = BeginClosing;
        await grain.OnActivateAsync(CancellationToken.None);
        return grain;
    }

    private async Task CloseAsync()
    {
        try
        {
            if (_grain is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            {
                var grain = await _grain.Value.ConfigureAwait(false);
                await OnTurnAsync(
                    async () =>
                    {
                        await grain.OnDeactivateAsync(
                            new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "no longer needed"), CancellationToken.None);
                        return true;
                    }).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            Fault = e;
        }

        _onClosed(this);
        _closed.SetResult();
    }

    private Task<T> OnTurnAsync<T>(Func<Task<T>> turn) =>
        Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _turns).Unwrap();
}
