namespace ImageSearch.Grains.Search;

/// <summary>The stages of a search for items.</summary>
internal enum SearchStage
{
    /// <summary>The catalog finds the rows that match a filter.</summary>
    Filter,

    /// <summary>The vector store finds the nearest rows.</summary>
    Vectors,

    /// <summary>The catalog reads rows.</summary>
    Catalog,
}

/// <summary>The work and the time of a search.</summary>
internal sealed class SearchStages(TimeProvider time)
{
    /// <summary>The name of a search in metrics.</summary>
    public const string Call = "search";

    private readonly TimeSpan[] _elapsed = new TimeSpan[Enum.GetValues<SearchStage>().Length];

    /// <summary>all, id_set or walk.</summary>
    public string Method { get; set; } = "all";

    /// <summary>Reads of the vector store.</summary>
    public int Rounds { get; set; }

    /// <summary>Rows that were joined and tested.</summary>
    public int Examined { get; set; }

    /// <summary>The time of a stage; zero if the search had none.</summary>
    public TimeSpan Elapsed(SearchStage stage) => _elapsed[(int)stage];

    /// <summary>The name of a stage in metrics.</summary>
    public static string NameOf(SearchStage stage) => stage switch
    {
        SearchStage.Filter => "filter",
        SearchStage.Vectors => "vectors",
        _ => "catalog",
    };

    /// <summary>Awaits a call of a stage.</summary>
    public async Task<T> MeasureAsync<T>(SearchStage stage, Func<Task<T>> call)
    {
        using var span = CallStages.BeginSpan(Call, NameOf(stage));
        var began = time.GetTimestamp();
        try
        {
            return await call();
        }
        finally
        {
            _elapsed[(int)stage] += time.GetElapsedTime(began);
        }
    }

    /// <summary>What a search reports about itself.</summary>
    public SearchPlan ToPlan() => new(
        Method, Rounds, Examined, Elapsed(SearchStage.Filter).TotalSeconds, Elapsed(SearchStage.Vectors).TotalSeconds,
        Elapsed(SearchStage.Catalog).TotalSeconds);
}
