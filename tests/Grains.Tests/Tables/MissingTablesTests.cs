using ImageSearch.Grains.Tables;

namespace ImageSearch.Grains.Tests.Tables;

public sealed class MissingTablesTests : TableFixture
{
    [Fact]
    public async Task Names_of_missing_tables_use_no_memory()
    {
        for (var i = 0; i < 100; i++)
        {
            (await Grains.GetGrain<ITableGrain>($"missing_{i}").CountAsync(default)).ShouldFail(FailureCode.TableNotFound);
            (await Grains.GetGrain<ITableGrain>($"dropped_{i}").DropAsync(default)).ShouldFail(FailureCode.TableNotFound);
            (await Grains.GetGrain<ITableGrain>($"loaded_{i}").LoadAsync(default)).ShouldFail(FailureCode.TableNotFound);
        }

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await CountActivationsAsync() > 0) await Task.Delay(20, timeout.Token);
    }

    private async Task<int> CountActivationsAsync()
    {
        var statistics = await Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return statistics.Where(grain => grain.GrainType.Contains(nameof(TableGrain), StringComparison.Ordinal)).Sum(grain => grain.ActivationCount);
    }
}
