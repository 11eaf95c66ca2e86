namespace ImageSearch.Silo;

/// <summary>The service can't start with these settings.</summary>
internal sealed class SettingsException(IEnumerable<string> mistakes) : Exception(string.Join(Environment.NewLine, mistakes));
