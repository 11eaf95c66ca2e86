using ImageSearch.Cli.Commands;

return await CommandLine.Root(TimeProvider.System).Parse(args).InvokeAsync();
