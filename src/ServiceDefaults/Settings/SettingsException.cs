namespace ImageSearch.ServiceDefaults.Settings;

/// <summary>The service can't start with these settings.</summary>
public sealed class SettingsException(IEnumerable<string> mistakes) : Exception(string.Join(Environment.NewLine, mistakes));
