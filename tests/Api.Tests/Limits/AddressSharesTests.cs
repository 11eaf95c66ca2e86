using System.Net;
using ImageSearch.Api.Limits;
using ImageSearch.Memory;

namespace ImageSearch.Api.Tests.Limits;

public sealed class AddressSharesTests
{
    private const int Megabyte = 1 << 20;
    private static readonly IPAddress Shop = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Other = IPAddress.Parse("192.0.2.2");

    private readonly ByteBudget _budget = new(megabytes: 100);
    private readonly AddressShares _shares;

    public AddressSharesTests() => _shares = new AddressShares(_budget);

    [Fact]
    public void One_address_may_hold_three_quarters_of_the_memory()
    {
        for (var i = 0; i < 75; i++) Take(Shop).ShouldBeTrue();
        Take(Shop).ShouldBeFalse();
    }

    [Fact]
    public void The_last_quarter_is_reserved_for_addresses_that_hold_little()
    {
        for (var i = 0; i < 75; i++) Take(Shop);
        for (var i = 0; i < 25; i++) Take(Other).ShouldBeTrue();
    }

    [Fact]
    public void Returned_bytes_can_be_charged_again()
    {
        for (var i = 0; i < 75; i++) Take(Shop);
        _shares.Return(Shop, Megabyte);
        _budget.Return(Megabyte);
        Take(Shop).ShouldBeTrue();
    }

    [Fact]
    public void Short_bodies_of_an_address_find_room_beside_its_long_ones()
    {
        while (Take(Shop))
        {
        }

        _shares.TryTake(Shop, 100_000, length: 100_000).ShouldBeTrue();
    }

    [Fact]
    public void Short_bodies_of_an_address_leave_an_eighth_to_others()
    {
        const int Short = 200_000;
        while (_shares.TryTake(Shop, Short, Short) && _budget.TryTake(Short))
        {
        }

        _budget.Free.ShouldBeInRange(_budget.Capacity / 8, (_budget.Capacity / 8) + Short);
        Take(Other).ShouldBeTrue();
    }

    private bool Take(IPAddress address) => _shares.TryTake(address, Megabyte, length: 2 * Megabyte) && _budget.TryTake(Megabyte);
}
