using ImageSearch.Api.Hosting;
using ImageSearch.Api.ImageSim;
using ImageSearch.Api.Limits;
using ImageSearch.Api.MilvusImg;
using ImageSearch.Api.Security;
using ImageSearch.Api.V1;
using ImageSearch.ServiceDefaults.Hosting;
using ImageSearch.ServiceDefaults.Logs;
using ImageSearch.ServiceDefaults.Telemetry;
using ImageSearch.Silo.Backend;
using ImageSearch.Silo.Hosting;

try
{
    // appsettings.json and models are next to the program; data and relative paths are in the current folder.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    var settings = ProcessSettings.Read(builder.Configuration);
    var role = settings.Role;
    using var startLogs = ServiceLogs.ForStart(builder.Configuration, settings.Backend.LogFiles);
    await role.PrepareAsync(startLogs);
    await using var backend = role.HasBackend ? SearchBackendOpening.Begin(settings.Backend, startLogs) : null;
    // A silo of a cluster opens its backend before others can reach it; one that is alone starts in parallel.
    if (backend is not null && role.IsInCluster) await backend.OpenedAsync(CancellationToken.None);

    builder.AddTelemetry(settings.Backend.Telemetry, orleans: role.IsInCluster);
    role.AddGrains(builder, startLogs);
    backend?.AddTo(builder.Services);
    builder.AddWebServer(settings.Service.Http2Urls);
    builder.Logging.AddServiceLogs(settings.Backend.LogFiles);
    builder.Services.AddStartFailures();
    builder.Services.AddEndpointServices(settings.Service, settings.Sources, settings.Backend.DataPath);
    builder.Services.AddHealth(role);
    builder.Services.AddApiPages();

    await using var app = builder.Build();
    app.UseCallsOfPages();
    app.UseBrowserGuard();
    app.UsePlainErrors();
    app.MapTelemetry(settings.Backend.Telemetry, app.Services.GetRequiredService<TokenCheck>().RejectionStatus);
    app.MapMilvusImg();
    app.MapSim();
    app.MapNativeApi();
    app.MapHealth();
    app.MapApiPages();
    app.UseUserPages();
    await app.RunToEndAsync();
    return Environment.ExitCode;
}
catch (Exception exception) when (StartFailure.Explain(exception, WebServer.OtherPorts) is { } explanation)
{
    await Console.Error.WriteLineAsync($"ImageSearch can't start: {explanation}");
    return 1;
}
