namespace ImageSearch.Api.Hosting;

/// <summary>The cluster edition: this process is an Orleans silo that finds no others but those on this machine.</summary>
internal static class Edition
{
    public const string Name = "cluster";

    public static void AddGrains(this WebApplicationBuilder builder)
    {
        var siloPort = builder.Configuration.GetValue("SILO_PORT", 11111);
        var gatewayPort = builder.Configuration.GetValue("GATEWAY_PORT", 30000);
        builder.Host.UseOrleans(silo => silo.UseLocalhostClustering(siloPort, gatewayPort));
    }
}
