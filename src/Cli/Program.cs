using ImageSearch.Cli.Commands;

return await CommandLine.Create(TimeProvider.System).Parse(args).InvokeAsync();
