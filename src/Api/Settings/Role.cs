namespace ImageSearch.Api.Settings;

/// <summary>Where the grains are that this process calls (setting ROLE).</summary>
internal enum Role
{
    /// <summary>Only in this process. No other process can reach them.</summary>
    Alone,

    /// <summary>In this process, which is a silo of the cluster in the database of MYSQL_HOST, and in the other silos.</summary>
    All,

    /// <summary>In the silos of a cluster. This process is a front end with web APIs only.</summary>
    Client,
}
