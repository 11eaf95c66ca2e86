using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Silo.Settings;

/// <summary>Declares the setting of a silo's health endpoints, which no role rejects: one file of settings serves all processes.</summary>
internal static class HealthDefinitions
{
    public static readonly PortSetting Port = new(
        "HEALTH_PORT", 8080, "Port of `src/Silo` for `/health/live`, `/health/ready` and, with PROMETHEUS, `/metrics`.");
}
