using System.Net;
using ImageSearch.Silo.Placement;

namespace ImageSearch.Silo.Tests.Placement;

public sealed class RendezvousPlacementTests
{
    private static readonly string[] Tables = [.. Enumerable.Range(0, 1000).Select(i => $"shop_{i}")];

    [Fact]
    public void Tables_spread_evenly()
    {
        var silos = Silos(1, 2, 3, 4);

        foreach (var tables in Tables.GroupBy(table => RendezvousPlacement.Of(table, silos))) tables.Count().ShouldBeInRange(200, 300);
    }

    [Fact]
    public void The_order_of_the_silos_does_not_matter() =>
        Tables.Select(table => RendezvousPlacement.Of(table, Silos(1, 2, 3))).ShouldBe(Tables.Select(table => RendezvousPlacement.Of(table, Silos(3, 1, 2))));

    [Fact]
    public void A_silo_that_leaves_moves_only_its_own_tables()
    {
        var left = Silos(4).Single();
        var stayed = Tables.Where(table => !RendezvousPlacement.Of(table, Silos(1, 2, 3, 4)).Equals(left)).ToList();

        stayed.Select(table => RendezvousPlacement.Of(table, Silos(1, 2, 3))).ShouldBe(stayed.Select(table => RendezvousPlacement.Of(table, Silos(1, 2, 3, 4))));
    }

    [Fact]
    public void A_restarted_silo_gets_its_tables_back() =>
        Tables.Select(table => RendezvousPlacement.Of(table, OfGeneration(7, 1, 2)).Endpoint)
            .ShouldBe(Tables.Select(table => RendezvousPlacement.Of(table, Silos(1, 2)).Endpoint));

    private static SiloAddress[] Silos(params int[] hosts) => OfGeneration(1, hosts);

    private static SiloAddress[] OfGeneration(int generation, params int[] hosts) =>
        [.. hosts.Select(host => SiloAddress.New(new IPEndPoint(new IPAddress([10, 0, 0, (byte)host]), 11111), generation))];
}
