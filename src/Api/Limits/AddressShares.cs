using System.Net;
using ImageSearch.Memory;

namespace ImageSearch.Api.Limits;

/// <summary>
/// What clients hold of the memory of bodies, by address. Most shops call from one address, so one may hold nearly all of it; the last
/// quarter is for those that hold little.
/// </summary>
internal sealed class AddressShares(ByteBudget budget)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, long> _held = [];

    /// <summary>Whether the address may hold so many bytes more.</summary>
    public bool TryTake(IPAddress address, long bytes)
    {
        lock (_gate)
        {
            var held = _held.GetValueOrDefault(address);
            var isMuch = held + bytes > budget.Capacity / 4;
            if (isMuch && budget.Free - bytes < budget.Capacity / 4) return false;
            _held[address] = held + bytes;
            return true;
        }
    }

    /// <summary>The address gives bytes back.</summary>
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
