namespace ImageSearch.ServiceDefaults.Settings;

/// <summary>The service can't start with these settings.</summary>
/// <param name="errors">One sentence for each error.</param>
public sealed class SettingsException(IEnumerable<string> errors) : Exception(string.Join(Environment.NewLine, errors));
