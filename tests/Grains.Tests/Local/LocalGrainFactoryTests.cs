using ImageSearch.Grains.Local;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Tests.Local;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> AddWithoutLockAsync(int steps);

    Task<string> KeyAsync();

    Task<int> EndAsync();

    Task<int> InsideAsync(TaskCompletionSource entered, Task leave);

    Task<int> FailAsync();
}

public abstract class CounterGrain(Activations log) : Grain, ICounterGrain
{
    private int _value;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        log.Activated(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        log.Deactivated(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<int> AddWithoutLockAsync(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            _value++;
            await Task.Yield();
        }

        return _value;
    }

    public Task<string> KeyAsync() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<int> EndAsync()
    {
        DeactivateOnIdle();
        return Task.FromResult(_value);
    }

    public async Task<int> InsideAsync(TaskCompletionSource entered, Task leave)
    {
        entered.SetResult();
        await leave;
        return _value;
    }

    public Task<int> FailAsync() => throw new InvalidOperationException("on purpose");
}

[Reentrant]
public sealed class ReentrantCounterGrain(Activations log) : CounterGrain(log);

public sealed class PlainCounterGrain(Activations log) : CounterGrain(log);

/// <summary>What the factory did, and how often activation is to fail.</summary>
public sealed class Activations
{
    private readonly Lock _lock = new();

    public List<string> Log { get; } = [];

    public int FailuresLeft { get; set; }

    public void Activated(string key)
    {
        lock (_lock)
        {
            if (FailuresLeft-- > 0) throw new IOException("activation failed on purpose");
            Log.Add("+" + key);
        }
    }

    public void Deactivated(string key)
    {
        lock (_lock) Log.Add("-" + key);
    }
}

public sealed class LocalGrainFactoryTests
{
    private readonly Activations _activations = new();

    [Fact]
    public async Task A_key_has_one_activation_however_many_ask_for_it_at_once()
    {
        await using var grains = Factory<ReentrantCounterGrain>();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => grains.GetGrain<ICounterGrain>("a").KeyAsync())));
        _activations.Log.ShouldBe(["+a"]);
    }

    [Fact]
    public async Task A_grain_knows_its_key()
    {
        await using var grains = Factory<ReentrantCounterGrain>();
        (await grains.GetGrain<ICounterGrain>("shop").KeyAsync()).ShouldBe("shop");
    }

    [Fact]
    public async Task Turns_of_a_reentrant_grain_never_overlap()
    {
        await using var grains = Factory<ReentrantCounterGrain>();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => grains.GetGrain<ICounterGrain>("a").AddWithoutLockAsync(200))));
        (await grains.GetGrain<ICounterGrain>("a").AddWithoutLockAsync(0)).ShouldBe(50 * 200);
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_interleave()
    {
        await using var grains = Factory<ReentrantCounterGrain>();
        var grain = grains.GetGrain<ICounterGrain>("a");
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        var waiting = grain.InsideAsync(entered, leave.Task);
        await entered.Task;
        await grain.KeyAsync();
        leave.SetResult();
        await waiting;
    }

    [Fact]
    public async Task Calls_of_a_plain_grain_wait_for_each_other()
    {
        await using var grains = Factory<PlainCounterGrain>();
        var grain = grains.GetGrain<ICounterGrain>("a");
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = grain.InsideAsync(entered, leave.Task);
        await entered.Task;
        var enteredToo = new TaskCompletionSource();
        var second = grain.InsideAsync(enteredToo, Task.CompletedTask);
        enteredToo.Task.IsCompleted.ShouldBeFalse();
        leave.SetResult();
        await first;
        await second;
        enteredToo.Task.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_grain_that_ends_itself_is_activated_anew_by_the_next_call_and_never_twice_at_a_time()
    {
        await using var grains = Factory<ReentrantCounterGrain>();
        var grain = grains.GetGrain<ICounterGrain>("a");
        await grain.AddWithoutLockAsync(3);
        (await grain.EndAsync()).ShouldBe(3);
        (await grain.AddWithoutLockAsync(1)).ShouldBe(1);
        _activations.Log.ShouldBe(["+a", "-a", "+a"]);
    }

    [Fact]
    public async Task An_activation_that_fails_is_tried_anew_by_the_next_call()
    {
        await using var grains = Factory<ReentrantCounterGrain>();
        _activations.FailuresLeft = 1;
        var grain = grains.GetGrain<ICounterGrain>("a");
        await Should.ThrowAsync<IOException>(grain.KeyAsync);
        (await grain.KeyAsync()).ShouldBe("a");
    }

    [Fact]
    public async Task An_exception_of_a_grain_reaches_its_caller_as_it_is()
    {
        await using var grains = Factory<ReentrantCounterGrain>();
        (await Should.ThrowAsync<InvalidOperationException>(grains.GetGrain<ICounterGrain>("a").FailAsync)).Message.ShouldBe("on purpose");
    }

    [Fact]
    public async Task Ending_the_factory_waits_for_calls_under_way_and_ends_the_grains()
    {
        var grains = Factory<ReentrantCounterGrain>();
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        var call = grains.GetGrain<ICounterGrain>("a").InsideAsync(entered, leave.Task);
        await entered.Task;
        var ended = grains.DisposeAsync().AsTask();
        ended.IsCompleted.ShouldBeFalse();
        leave.SetResult();
        await ended;
        call.IsCompletedSuccessfully.ShouldBeTrue();
        _activations.Log.ShouldBe(["+a", "-a"]);
        await Should.ThrowAsync<ObjectDisposedException>(grains.GetGrain<ICounterGrain>("b").KeyAsync);
    }

    private LocalGrainFactory Factory<TGrain>() =>
        new([typeof(TGrain)], type => (Grain)Activator.CreateInstance(type, _activations)!);
}
