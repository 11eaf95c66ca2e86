namespace ImageSearch.Api.Hosting;

/// <summary>How the grains come to life, which is the one thing that differs between the editions.</summary>
internal interface IEdition
{
    /// <summary>The grains of this process work with an engine of its own.</summary>
    bool HasEngine { get; }

    /// <summary>Makes what the processes of a cluster share.</summary>
    /// <exception cref="ImageSearch.Storage.CatalogException">The database server can't be used.</exception>
    Task PrepareAsync(ILoggerFactory logs);

    /// <summary>Brings the grains into the process, or the way to them.</summary>
    void AddGrains(WebApplicationBuilder builder);

    /// <summary>Adds checks of what the process needs of others.</summary>
    void AddChecks(IHealthChecksBuilder checks);
}
