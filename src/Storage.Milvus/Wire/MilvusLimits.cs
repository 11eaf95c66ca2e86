namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Defaults and bounds of <see cref="MilvusOptions"/>. Those of index parameters are the ones of Milvus.</summary>
public static class MilvusLimits
{
    /// <summary>The default of <see cref="MilvusOptions.Port"/>.</summary>
    public const int DefaultPort = 19_530;

    /// <summary>The default of <see cref="MilvusOptions.M"/>.</summary>
    public const int DefaultM = 16;

    /// <summary>The lowest <see cref="MilvusOptions.M"/>.</summary>
    public const int MinM = 4;

    /// <summary>The highest <see cref="MilvusOptions.M"/>.</summary>
    public const int MaxM = 64;

    /// <summary>The default of <see cref="MilvusOptions.EfConstruction"/>.</summary>
    public const int DefaultEfConstruction = 200;

    /// <summary>The lowest <see cref="MilvusOptions.EfConstruction"/>.</summary>
    public const int MinEfConstruction = 8;

    /// <summary>The highest <see cref="MilvusOptions.EfConstruction"/>.</summary>
    public const int MaxEfConstruction = 512;

    /// <summary>The default of <see cref="MilvusOptions.Lists"/>.</summary>
    public const int DefaultLists = 1024;

    /// <summary>The lowest <see cref="MilvusOptions.Lists"/>.</summary>
    public const int MinLists = 1;

    /// <summary>The highest <see cref="MilvusOptions.Lists"/>.</summary>
    public const int MaxLists = 65_536;

    /// <summary>The default of <see cref="MilvusOptions.Replicas"/>.</summary>
    public const int DefaultReplicas = 1;

    /// <summary>The lowest <see cref="MilvusOptions.Replicas"/>.</summary>
    public const int MinReplicas = 1;

    /// <summary>The highest <see cref="MilvusOptions.Replicas"/>.</summary>
    public const int MaxReplicas = 64;
}
