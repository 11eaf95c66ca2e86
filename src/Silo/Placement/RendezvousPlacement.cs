using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Orleans.Runtime.Placement;

namespace ImageSearch.Silo.Placement;

/// <summary>
/// Assigns each table a home by rendezvous hashing: the silo with the highest hash of its address and the table's name. All silos compute
/// the same home without communication, tables spread evenly, and a silo that joins or leaves moves only its own tables. The hash uses the
/// address, so a restarted silo gets back the tables whose indexes are on its disk. Load does not count: the silo with more memory
/// would attract all tables that open at the same time, and none would return after a restart.
/// </summary>
[GenerateSerializer, Immutable]
internal sealed class RendezvousPlacement : PlacementStrategy
{
    /// <summary>The home of a grain.</summary>
    /// <param name="key">The grain's key.</param>
    /// <param name="silos">At least one.</param>
    public static SiloAddress Of(string key, IEnumerable<SiloAddress> silos) => silos.MaxBy(silo => (Score(key, silo), silo.Generation))!;

    private static ulong Score(string key, SiloAddress silo) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{silo.Endpoint}\n{key}")));
}

/// <summary>Activates a grain at its home.</summary>
internal sealed class RendezvousPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(RendezvousPlacement.Of(target.GrainIdentity.Key.ToString()!, context.GetCompatibleSilos(target)));
}
