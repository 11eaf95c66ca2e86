namespace ImageSearch.Cli.Service;

/// <summary>What a command finds wrong with its arguments while it runs; the message says what to do.</summary>
internal sealed class CommandException(string message) : Exception(message);
