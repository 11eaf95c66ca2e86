namespace ImageSearch.Storage.MySql;

/// <summary>Defaults and bounds of <see cref="MySqlOptions"/>.</summary>
public static class MySqlLimits
{
    /// <summary>The default of <see cref="MySqlOptions.Port"/>.</summary>
    public const int DefaultPort = 3306;

    /// <summary>The default of <see cref="MySqlOptions.PoolSize"/>.</summary>
    public const int DefaultPoolSize = 16;

    /// <summary>The lowest <see cref="MySqlOptions.PoolSize"/>: one connection writes, and reads need others.</summary>
    public const int MinPoolSize = 3;

    /// <summary>The highest <see cref="MySqlOptions.PoolSize"/>.</summary>
    public const int MaxPoolSize = 1000;

    /// <summary>Characters of <see cref="MySqlOptions.Database"/>: the limit of the server.</summary>
    public const int MaxDatabaseName = 64;
}
