using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

public sealed class StartTests
{
    [Fact]
    public async Task Every_wrong_setting_is_named_with_its_value_and_bound()
    {
        var explanation = await StartErrorAsync(
            ("TOP_K", "1001"), ("METRIC_TYPE", "L3"), ("DEFAULT_TABLE", "1a"), ("SIM_TABLE", "鞋"), ("SIM_UPSERT", "perhaps"), ("logs_num", "-1"),
            ("EMBEDDING_QUEUE", "many"), ("MAIN_OBJECT", "2"), ("IMAGE_ROOTS", "pictures"), ("FETCH_ALLOW", "a:b"), ("VECTOR_DIMENSION", "0"),
            ("INDEX_MEMORY_MB", "15"), ("INDEX_THREADS", "0"));

        explanation.ShouldBe(
            """
            ImageSearch can't start: EMBEDDING_QUEUE is "many", but must be a whole number from 1 to 100000
            METRIC_TYPE is "L3", but must be one of L2, IP, Cosine
            VECTOR_DIMENSION is "0", but must be a whole number from 1 to 32768
            INDEX_MEMORY_MB is "15", but must be a whole number from 16 to 1048576
            INDEX_THREADS is "0", but must be a whole number from 1 to 256
            logs_num is "-1", but must be a whole number from 0 to 10000
            MAIN_OBJECT is "2", but must be one of Auto, Query, Off, Both
            DEFAULT_TABLE is "1a", but a table name must start with a letter or underscore and hold at most 48 letters, digits or underscores
            SIM_TABLE is "鞋", but a table name must start with a letter or underscore and hold at most 48 letters, digits or underscores
            SIM_UPSERT is "perhaps", but must be true or false
            TOP_K is "1001", but must be a whole number from 1 to 1000
            IMAGE_ROOTS: 'pictures' must be an absolute path without '..'
            FETCH_ALLOW: 'a:b' is not host or host:port with a port of 1..65535 (an IPv6 address needs brackets)

            """);
    }

    [Fact]
    public async Task The_network_s_runtime_writes_no_telemetry()
    {
        var temporary = Directory.CreateTempSubdirectory("imagesearch-start-");
        try
        {
            await using (await ServiceProcess.StartAsync(new Dictionary<string, string> { ["TMPDIR"] = temporary.FullName }))
                temporary.GetFiles("mat-debug*").ShouldBeEmpty();
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Settings_of_Milvus_without_its_host_are_rejected()
    {
        var explanation = await StartErrorAsync(("MILVUS_INDEX", "hnsw"));
        explanation.ShouldContain("MILVUS_INDEX is set, but MILVUS_HOST is not");
    }

    [Fact]
    public async Task Wrong_settings_of_Milvus_are_named_with_their_bounds()
    {
        var explanation = await StartErrorAsync(
            ("MILVUS_HOST", "milvus:19530"), ("MILVUS_PORT", "0"), ("MILVUS_INDEX", "tree"), ("MILVUS_DB", "a b"), ("MILVUS_M", "65"),
            ("MILVUS_PWD", "secret"), ("MILVUS_TLS_CA", "nowhere.pem"));
        explanation.ShouldContain("MILVUS_HOST is \"milvus:19530\", but must be the name or address of a server, without a port");
        explanation.ShouldContain("MILVUS_PORT is \"0\", but must be a whole number from 1 to 65535");
        explanation.ShouldContain("MILVUS_INDEX is \"tree\", but must be one of Hnsw, IvfFlat, IvfSq8, DiskAnn, Flat, AutoIndex");
        explanation.ShouldContain("MILVUS_DB is \"a b\", but must be");
        explanation.ShouldContain("MILVUS_M is \"65\", but must be a whole number from 4 to 64");
        explanation.ShouldContain("MILVUS_PWD is set, but MILVUS_USER is not");
        explanation.ShouldContain("MILVUS_TLS_CA is set, but MILVUS_TLS is not");
        explanation.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Settings_of_a_bucket_without_its_name_are_rejected()
    {
        var explanation = await StartErrorAsync(("S3_REGION", "eu-central-1"));
        explanation.ShouldContain("S3_REGION is set, but S3_BUCKET is not");
    }

    [Fact]
    public async Task Wrong_settings_of_a_bucket_are_named_with_their_bounds()
    {
        var explanation = await StartErrorAsync(
            ("S3_BUCKET", "Pictures"), ("S3_ENDPOINT", "https://s3.example.com/pictures"), ("S3_REGION", "Europe"), ("S3_PREFIX", "../other/"),
            ("S3_SECRET_KEY", "for nobody"));

        explanation.ShouldContain("S3_BUCKET is \"Pictures\", but must be the name of a bucket");
        explanation.ShouldContain("S3_ENDPOINT is \"https://s3.example.com/pictures\", but must be the address of a server");
        explanation.ShouldContain("S3_REGION is \"Europe\", but must be");
        explanation.ShouldContain("S3_PREFIX is \"../other/\", but must be");
        explanation.ShouldContain("one of S3_ACCESS_KEY and S3_SECRET_KEY is set");
        explanation.ShouldNotContain("for nobody");
    }

    [Fact]
    public async Task Settings_of_MySQL_without_its_host_are_rejected()
    {
        var explanation = await StartErrorAsync(("MYSQL_DB", "shop"));
        explanation.ShouldContain("MYSQL_DB is set, but MYSQL_HOST is not");
    }

    [Fact]
    public async Task Wrong_settings_of_MySQL_are_named_with_their_bounds()
    {
        var explanation = await StartErrorAsync(
            ("MYSQL_HOST", "db:3306"), ("MYSQL_PORT", "0"), ("MYSQL_TLS", "sometimes"), ("MYSQL_POOL", "2"), ("MYSQL_DB", new string('d', 65)));

        explanation.ShouldContain("MYSQL_HOST is \"db:3306\", but must be the name or address of a server, without a port");
        explanation.ShouldContain("MYSQL_PORT is \"0\", but must be a whole number from 1 to 65535");
        explanation.ShouldContain("MYSQL_TLS is \"sometimes\", but must be one of Preferred, Off, Required, VerifyCA, VerifyFull");
        explanation.ShouldContain("MYSQL_POOL is \"2\", but must be a whole number from 3 to 1000");
        explanation.ShouldContain("MYSQL_USER is not");
        explanation.ShouldContain("at most 64 characters");
    }

    [Theory]
    [InlineData("MYSQL_PORT", "mysql", null)]
    [InlineData("MYSQL_PORT", "mysql", "MYSQL_HOST")]
    [InlineData("MILVUS_PORT", "milvus", null)]
    [InlineData("MILVUS_PORT", "milvus", "MILVUS_HOST")]
    public async Task A_port_that_Kubernetes_sets_for_a_service_of_that_name_is_explained(string setting, string service, string? host)
    {
        var explanation = await StartErrorAsync([(setting, "tcp://10.0.0.1:3306"), .. host is null ? [] : new[] { (host, "db.example"), ("MYSQL_USER", "u") }]);

        explanation.ShouldContain($"{setting} is \"tcp://10.0.0.1:3306\": Kubernetes sets that in every pod beside a service called \"{service}\"");
        explanation.ShouldContain("enableServiceLinks: false");
        explanation.ShouldNotContain($"{setting} is set, but");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task A_file_of_certificate_authorities_without_any_is_rejected_in_one_line(string content)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, content);

            var explanation = await StartErrorAsync(("MILVUS_HOST", "milvus"), ("MILVUS_TLS", "true"), ("MILVUS_TLS_CA", file));

            explanation.ShouldContain($"MILVUS_TLS_CA is \"{file}\", but the file");
            explanation.TrimEnd().ShouldNotContain('\n');
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_settings_of_fetching_are_checked()
    {
        var explanation = await StartErrorAsync(("FETCH_MAX_REDIRECTS", "21"), ("FETCH_REFERER", "shop.example"), ("FETCH_USER_AGENT", "\u89c8"));

        explanation.ShouldContain("FETCH_MAX_REDIRECTS is \"21\", but must be a whole number from 0 to 20");
        explanation.ShouldContain("FETCH_REFERER must be 'origin' or a complete http or https URL");
        explanation.ShouldContain("FETCH_USER_AGENT must be 1 to 512 visible ASCII characters");
    }

    [Fact]
    public async Task Wrong_settings_of_telemetry_are_named_with_their_bounds()
    {
        var explanation = await StartErrorAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"), ("OTEL_TRACES_EXPORTER", "zipkin"));
        explanation.ShouldContain("OTEL_EXPORTER_OTLP_ENDPOINT is \"collector:4317\", but must be the URL of a collector, such as http://127.0.0.1:4317");
        explanation.ShouldContain("OTEL_EXPORTER_OTLP_PROTOCOL is \"http/json\", but must be one of grpc, http/protobuf");
        explanation.ShouldContain("OTEL_TRACES_EXPORTER is \"zipkin\", but must be one of otlp, none");
    }

    [Fact]
    public async Task A_dimension_that_is_not_the_model_s_is_rejected_with_both_numbers()
    {
        var explanation = await StartErrorAsync(("VECTOR_DIMENSION", "2048"));
        explanation.ShouldContain("VECTOR_DIMENSION is 2048");
        explanation.ShouldContain("512 values");
    }

    [Fact]
    public async Task A_folder_without_a_model_is_rejected_by_setting_and_path()
    {
        var explanation = await StartErrorAsync(("MODEL_PATH", "/nowhere/model"));
        explanation.ShouldContain("MODEL_PATH");
        explanation.ShouldContain("/nowhere/model");
        explanation.TrimEnd().ShouldNotContain('\n');
    }

    [Fact]
    public async Task An_unknown_model_is_rejected_by_its_folder()
    {
        var explanation = await StartErrorAsync(("MODEL", "v3"));
        explanation.ShouldContain("/models/v3/manifest.json does not exist");
        explanation.ShouldContain("MODEL");
    }

    [Theory]
    [InlineData("../v2")]
    [InlineData("/models/v2")]
    [InlineData("..")]
    public async Task A_model_is_a_name_and_not_a_path(string name) =>
        (await StartErrorAsync(("MODEL", name))).ShouldContain($"MODEL is \"{name}\", but must be the name of a folder");

    [Fact]
    public async Task A_model_is_chosen_by_name_or_by_path_but_not_by_both() =>
        (await StartErrorAsync(("MODEL", "v2-160"), ("MODEL_PATH", "/srv/model"))).ShouldContain("MODEL is set, but MODEL_PATH names the model");

    [Fact]
    public async Task A_data_folder_that_can_t_be_created_is_rejected_by_setting_and_path()
    {
        var explanation = await StartErrorAsync(("DATA_PATH", "/proc/imagesearch"));
        explanation.ShouldContain("DATA_PATH");
        explanation.ShouldContain("/proc/imagesearch");
        explanation.TrimEnd().ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_port_in_use_is_named_in_one_line_with_the_setting()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, output) = await ServiceProcess.RunToEndAsync(
            new Dictionary<string, string>(), new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));

        exitCode.ShouldBe(1, output);
        var explanation = output[output.IndexOf("ImageSearch can't start: ", StringComparison.Ordinal)..];
        explanation.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"port {port} is already taken"));
        explanation.ShouldContain("ASPNETCORE_URLS");
        explanation.TrimEnd().ShouldNotContain('\n');
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_is_rejected_and_the_first_keeps_running()
    {
        await using var first = await ServiceProcess.StartAsync();

        var (exitCode, output) = await ServiceProcess.RunToEndAsync(new Dictionary<string, string>(), dataPath: first.DataPath);

        exitCode.ShouldBe(1, output);
        output.ShouldContain("DATA_PATH");
        output.ShouldContain(first.DataPath);
        output.ShouldNotContain("   at ");
        await first.Client.GetAsync(new Uri("/health/ready", UriKind.Relative)).ReadOkAsync();
    }

    private static async Task<string> StartErrorAsync(params (string Name, string Value)[] settings)
    {
        var (exitCode, output) = await ServiceProcess.RunToEndAsync(settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        exitCode.ShouldBe(1, output);
        output.ShouldContain("ImageSearch can't start: ");
        output.Contains("   at ", StringComparison.Ordinal).ShouldBeFalse(output);
        return output[output.IndexOf("ImageSearch can't start: ", StringComparison.Ordinal)..];
    }
}
