using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Api.Settings;

/// <summary>Declares the settings of <see cref="ServiceSettings"/>.</summary>
internal static class ServiceDefinitions
{
    public static readonly TextSetting Urls = new(
        "ASPNETCORE_URLS", ServiceSettings.DefaultUrls, "URLs separated by `;`", "Addresses and ports to listen on.");

    public static readonly OptionalTextSetting Http2Urls = new(
        "H2C_URLS", "http:// URLs separated by `;`", "Additional addresses that speak only HTTP/2, without TLS (prior knowledge).")
    {
        ErrorBound = "addresses of http:// with a host and a port, separated by \";\": http://127.0.0.1:5001",
    };

    public static readonly EnumSetting<MainObject> MainObject = new(
        "MAIN_OBJECT", Settings.MainObject.Auto, "Where the main object of a picture gets a second vector.");

    public static readonly TextSetting DefaultTable = new(
        "DEFAULT_TABLE", "milvus_img_search", "table name", "Table that `/milvus/img/*` uses for an add, update or search without `table`.");

    public static readonly TextSetting SimTable = new("SIM_TABLE", "image_sim", "table name", "Table behind `/api/image/sim/*`.");

    public static readonly BooleanSetting SimUpsert = new(
        "SIM_UPSERT", false, "If true, adding an existing key replaces its picture and keeps the id.");

    public static readonly NumberSetting TopK = new(
        "TOP_K", 10, 1, PictureQuery.MaxTopK, "hits", "Number of hits when the search request does not specify one.");

    public static readonly OptionalTextSetting Token = new("TOKEN", "text", "Value that clients must send in the header `token`.");

    public static readonly NumberSetting TokenTries = new(
        "TOKEN_TRIES", 20, 1, 1_000_000, "per minute",
        "Wrong tokens accepted per minute from one client address (IPv6: per /64); further ones get HTTP 429.");

    public static readonly OptionalTextSetting AllowedHosts = new(
        "ALLOWED_HOSTS", "host names separated by `,`", "Additional host names under which the service accepts calls when TOKEN is not set.")
    {
        ErrorBound = "names without a port, separated by \",\": search.example.com, *.example.com, or * for all",
    };

    public static readonly NumberSetting MaxRequests = new(
        "MAX_REQUESTS", 256, 1, 100_000, "calls", "Maximum number of concurrent calls with a picture; further ones get HTTP 503.");

    public static readonly NumberSetting MaxFetches = new(
        "MAX_FETCHES", 256, 1, 100_000, "calls", "Maximum number of concurrent calls that fetch a URL or wait to.");

    public static readonly EnumSetting<Role> Role = new(
        "ROLE", Settings.Role.Alone, "Role of `src/Api`: a single process, a silo with web APIs, or a front end.");
}
