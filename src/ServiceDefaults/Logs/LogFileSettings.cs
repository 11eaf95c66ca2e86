namespace ImageSearch.ServiceDefaults.Logs;

/// <summary>Where log files are written.</summary>
/// <param name="Count">Number of daily files that are kept; 0 writes none. Setting logs_num.</param>
/// <param name="Folder">The folder of the files.</param>
public sealed record LogFileSettings(int Count, string Folder);
