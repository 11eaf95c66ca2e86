using ImageSearch.Grains.Local;
using ImageSearch.Grains.Tests.Datasets;

namespace ImageSearch.Grains.Tests.Local;

public sealed class MissingTablesTests : TableFixture
{
    [Fact]
    public async Task Names_of_tables_that_are_not_there_take_no_memory()
    {
        for (var i = 0; i < 100; i++)
        {
            (await Grains.GetGrain<IDatasetGrain>($"missing_{i}").CountAsync(default)).ShouldFail(FailureCode.TableNotFound);
            (await Grains.GetGrain<IDatasetGrain>($"dropped_{i}").DropAsync(default)).ShouldFail(FailureCode.TableNotFound);
            (await Grains.GetGrain<IDatasetGrain>($"loaded_{i}").LoadAsync(default)).ShouldFail(FailureCode.TableNotFound);
        }

        (await ((LocalGrainFactory)Grains).CountActivationsAsync()).ShouldBe(0);
    }
}
