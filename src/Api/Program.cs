using ImageSearch.Api.Compat.AndsGo;
using ImageSearch.Api.Compat.Bogv;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Settings;

try
{
    // Settings and models lie beside the program; data and relative paths belong to the folder it is started in.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    var settings = ServiceSettings.Read(builder.Configuration);
    using var engineLogs = ServiceLogs.ForEngine(builder.Configuration, settings);
    await using var engine = await PictureEngine.OpenAsync(settings, engineLogs);

    engine.AddTo(builder.Services, settings);
    builder.AddGrains();
    builder.AddWebServer();
    builder.Logging.AddLogFiles(settings);
    builder.Services.AddStartFailures();
    builder.Services.AddPictureCalls(settings);
    builder.Services.AddHealth();
    builder.Services.AddApiPages();

    await using var app = builder.Build();
    app.UseBrowserGuard();
    app.UsePlainErrors();
    app.MapAndsGo();
    app.MapSim();
    app.MapHealth();
    app.MapApiPages();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Explain(exception) is { } explanation)
{
    await Console.Error.WriteLineAsync($"ImageSearch can't start: {explanation}");
    return 1;
}
