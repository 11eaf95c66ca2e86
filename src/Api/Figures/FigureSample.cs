namespace ImageSearch.Api.Figures;

/// <summary>The figures of the process at one moment, and over the interval before it.</summary>
/// <param name="Time">The end of the interval.</param>
/// <param name="AddsPerSecond">Pictures stored.</param>
/// <param name="SearchesPerSecond">Searches of tables.</param>
/// <param name="Stages">The times of searches by <see cref="FigureStage"/>; null for a stage that no search had.</param>
/// <param name="Queue">Pictures that wait to be embedded.</param>
/// <param name="Refused">Calls refused because the service was busy or their callers too fast.</param>
/// <param name="WorkingSet">The process's memory in bytes.</param>
/// <param name="ManagedHeap">The part of it that .NET's objects take.</param>
/// <param name="WaitingRows">Rows that the index lacks.</param>
/// <param name="Disk">The disk of DATA_PATH; null if it can't be read.</param>
internal sealed record FigureSample(
    DateTimeOffset Time,
    double AddsPerSecond,
    double SearchesPerSecond,
    IReadOnlyList<Percentiles?> Stages,
    long Queue,
    long Refused,
    long WorkingSet,
    long ManagedHeap,
    long WaitingRows,
    DiskSpace? Disk);
