using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Orleans.Runtime.Placement;

namespace ImageSearch.Silo.Placement;

/// <summary>
/// Gives each table a home among the silos by rendezvous hashing: the silo that has the highest hash together with the table's name. All
/// silos find the same one without asking, tables spread evenly, and a silo that comes or goes moves only its own tables. It goes by
/// address, so that a silo that is started again finds the tables whose indexes it has on disk. Load does not count: of two silos the
/// one with more memory would draw all tables that open at a time, and none would come back after a restart.
/// </summary>
[GenerateSerializer, Immutable]
internal sealed class RendezvousPlacement : PlacementStrategy
{
    /// <summary>The home of a grain.</summary>
    /// <param name="key">The grain.</param>
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
