using System.Net;
using ImageSearch.Memory;

namespace ImageSearch.Api.Limits;

/// <summary>
/// Divides the memory of bodies among client addresses. Many shops call from a single address, so one may hold most of it; the last
/// quarter is reserved for addresses that hold less than a quarter, and half of that quarter for short bodies as well.
/// </summary>
internal sealed class AddressShares(ByteBudget budget)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, long> _held = [];

    /// <summary>Charges bytes to an address; false where it would hold too much.</summary>
    /// <param name="address">The address.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="length">Length of the body with these bytes.</param>
    public bool TryTake(IPAddress address, long bytes, long length)
    {
        lock (_gate)
        {
            var held = _held.GetValueOrDefault(address);
            var reserved = length > RequestLimits.ShortBodyBytes ? budget.Capacity / 4 : budget.Capacity / 8;
            if (held + bytes > budget.Capacity / 4 && budget.Free - bytes < reserved) return false;
            _held[address] = held + bytes;
            return true;
        }
    }

    /// <summary>Returns bytes of an address.</summary>
    public void Return(IPAddress address, long bytes)
    {
        lock (_gate)
        {
            var left = _held[address] - bytes;
            if (left > 0) _held[address] = left;
            else _held.Remove(address);
        }
    }
}
