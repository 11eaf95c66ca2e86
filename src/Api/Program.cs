using ImageSearch.Api.Hosting;
using ImageSearch.Api.ImageSim;
using ImageSearch.Api.Limits;
using ImageSearch.Api.MilvusImg;
using ImageSearch.Api.Security;
using ImageSearch.Api.Settings;
using ImageSearch.Api.V1;
using ImageSearch.ServiceDefaults.Hosting;
using ImageSearch.ServiceDefaults.Logs;
using ImageSearch.ServiceDefaults.Telemetry;
using ImageSearch.Silo.Backend;
using ImageSearch.Silo.Hosting;

try
{
    // Settings and models lie beside the program; data and relative paths belong to the folder it is started in.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    var settings = ServiceSettings.Read(builder.Configuration);
    var role = ProcessRole.Read(builder.Configuration, settings.Engine);
    using var engineLogs = ServiceLogs.ForEngine(builder.Configuration, settings.Engine.LogFiles);
    await role.PrepareAsync(engineLogs);
    await using var engine = role.HasEngine ? SearchBackendOpening.Begin(settings.Engine, engineLogs) : null;
    // A silo that others reach has its engine first; one that is alone starts beside it.
    if (engine is not null && role.IsInCluster) await engine.OpenedAsync(CancellationToken.None);

    builder.AddTelemetry(settings.Engine.Telemetry, orleans: role.IsInCluster);
    role.AddGrains(builder, engineLogs);
    engine?.AddTo(builder.Services);
    builder.AddWebServer();
    builder.Logging.AddServiceLogs(settings.Engine.LogFiles);
    builder.Services.AddStartFailures();
    builder.Services.AddEndpointServices(settings);
    builder.Services.AddHealth(role);
    builder.Services.AddApiPages();

    await using var app = builder.Build();
    app.UseBrowserGuard();
    app.UsePlainErrors();
    app.MapTelemetry(settings.Engine.Telemetry, app.Services.GetRequiredService<TokenCheck>().RejectionStatus);
    app.MapMilvusImg();
    app.MapSim();
    app.MapImports();
    app.MapHealth();
    app.MapApiPages();
    await app.RunToEndAsync();
    return Environment.ExitCode;
}
catch (Exception exception) when (StartFailure.Explain(exception, WebServer.OtherPorts) is { } explanation)
{
    await Console.Error.WriteLineAsync($"ImageSearch can't start: {explanation}");
    return 1;
}
