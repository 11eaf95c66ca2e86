using System.Net;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.Tests.Limits;

/// <summary>How fast the large bodies of a client are read.</summary>
public sealed class BodyPaceTests
{
    private const long BytesPerSecond = 10_000_000;
    private const int Piece = 128 * 1024;
    private const long Late = 1 << 20; // After the part of a body that doesn't count.
    private static readonly IPAddress Shop = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Other = IPAddress.Parse("192.0.2.2");

    private readonly Clock _time = new();
    private readonly BodyPace _pace;

    public BodyPaceTests() => _pace = new BodyPace(_time, BytesPerSecond);

    [Fact]
    public void Large_bodies_of_a_client_are_read_at_the_rate_after_a_burst()
    {
        const long Total = BodyPace.BurstBytes + (20 * BytesPerSecond);
        var began = _time.GetTimestamp();

        for (var sent = 0L; sent < Total; sent += Piece)
            for (var waiting = Send(Shop, Piece); !waiting.IsCompleted;) _time.Advance(TimeSpan.FromMilliseconds(1));

        _time.GetElapsedTime(began).TotalSeconds.ShouldBeInRange(19.5, 22);
    }

    [Fact]
    public void A_client_does_not_wait_for_the_bodies_of_another()
    {
        while (Send(Shop, Piece).IsCompleted)
        {
        }

        Send(Other, Piece).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Pictures_of_ordinary_length_never_wait()
    {
        while (Send(Shop, Piece).IsCompleted)
        {
        }

        for (var i = 0; i < 1000; i++) _pace.WaitAsync(Shop, before: 0, Piece, CancellationToken.None).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_wait()
    {
        using var left = new CancellationTokenSource();
        Task waiting;
        while ((waiting = _pace.WaitAsync(Shop, Late, Piece, left.Token)).IsCompleted)
        {
        }

        await left.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Fact]
    public void Waits_that_clients_gave_up_delay_others_of_their_address_by_seconds_at_most()
    {
        for (var i = 0; i < 1000; i++) _ = Send(Shop, Piece);

        _time.Advance(TimeSpan.FromSeconds(2));
        Send(Shop, Piece).IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        Send(Shop, Piece).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Clients_that_owe_nothing_are_forgotten_and_those_that_do_are_not()
    {
        while (Send(Shop, Piece).IsCompleted)
        {
        }

        for (var i = 0; i < 5000; i++) Send(new IPAddress(i + 1), 1);
        Send(Shop, Piece).IsCompleted.ShouldBeFalse();
    }

    private Task Send(IPAddress client, int bytes) => _pace.WaitAsync(client, Late, bytes, CancellationToken.None);
}
