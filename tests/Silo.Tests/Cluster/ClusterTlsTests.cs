using System.Net.Security;
using System.Net.Sockets;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;
using Orleans.Connections.Security;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>Silos and front ends, as processes, that authenticate each other by certificates.</summary>
public sealed class ClusterTlsTests : IDisposable
{
    private static readonly TimeSpan RenewalTimeout = TimeSpan.FromSeconds(60);

    // A trusted client connects in less than a second.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(6);
    private static readonly (string, string)[] NoCertificate = [("CLUSTER_TLS_CERT", ""), ("CLUSTER_TLS_KEY", ""), ("CLUSTER_TLS_CA", "")];

    private readonly ClusterAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [MySqlFact]
    public async Task Processes_with_certificates_of_one_authority_form_a_cluster_and_others_can_not_connect()
    {
        await using var group = await SiloGroup.StartAsync(2, _authority.Settings);
        var shop = new MilvusImgClient(group.FrontEnd.Client);
        (await shop.TableAsync("shop")).ShouldBe(MilvusImgClient.Created);
        (await shop.CountAsync("shop")).ShouldBe(MilvusImgClient.Data(0));
        using var other = new ClusterAuthority();
        // Each of these clients trusts the silos. They differ from the last one only in the certificate that they present.
        var stranger = other.Settings.Append(("CLUSTER_TLS_CA", _authority.AuthorityWith(other))).ToArray();
        await Should.ThrowAsync<OperationCanceledException>(() => group.ConnectAsync(stranger, ConnectTimeout));
        await Should.ThrowAsync<OperationCanceledException>(() => group.ConnectAsync(NoCertificate, ConnectTimeout, client => client.UseTls(PresentNothing)));
        await Should.ThrowAsync<OperationCanceledException>(() => group.ConnectAsync(NoCertificate, ConnectTimeout));
        using var trusted = await group.ConnectAsync();
    }

    [MySqlFact]
    public async Task A_renewed_certificate_is_presented_without_a_restart()
    {
        await using var group = await SiloGroup.StartAsync(1, _authority.Settings);
        var port = group.Silo(0).ListeningPorts.First(port => port != group.Silo(0).Address.Port);
        var first = await PresentedAsync(port);

        var renewed = _authority.Issue();

        renewed.ShouldNotBe(first);
        using var stop = new CancellationTokenSource(RenewalTimeout);
        while (await PresentedAsync(port) != renewed) await Task.Delay(200, stop.Token);
        using var trusted = await group.ConnectAsync();
    }

    [Fact]
    public async Task Certificate_files_that_do_not_match_are_rejected_at_the_start()
    {
        using var other = new ClusterAuthority();
        var settings = _authority.Settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        settings["CLUSTER_TLS_CA"] = other.AuthorityFile;

        (await FailureAsync(settings)).ShouldContain("not issued by an authority of CLUSTER_TLS_CA");
        settings.Remove("CLUSTER_TLS_CA");
        (await FailureAsync(settings)).ShouldContain("CLUSTER_TLS_CA is not set: set CLUSTER_TLS_CERT, CLUSTER_TLS_KEY, CLUSTER_TLS_CA together");
    }

    [Fact]
    public async Task A_certificate_for_servers_only_is_rejected_at_the_start()
    {
        _authority.Issue(usages: "1.3.6.1.5.5.7.3.1");

        (await FailureAsync(_authority.Settings.ToDictionary(setting => setting.Name, setting => setting.Value)))
            .ShouldContain("not for both server and client authentication");
    }

    [Fact]
    public async Task An_expired_certificate_is_rejected_at_the_start()
    {
        _authority.Issue(days: -1);

        (await FailureAsync(_authority.Settings.ToDictionary(setting => setting.Name, setting => setting.Value))).ShouldContain("is not valid today");
    }

    [MySqlFact]
    public async Task A_silo_warns_that_its_ports_are_open_to_others()
    {
        await using var database = TestDatabase.Create();
        var settings = database.Settings.Append(new("ADVERTISED_ADDRESS", "127.0.0.1")).ToDictionary();
        await using (var local = await ServiceProcess.StartAsync(settings, program: ServiceProcess.Silo))
            local.Output.ShouldNotContain("have no protection");

        // The machine's own address, the default of a silo. The test sends nothing there.
        settings["ADVERTISED_ADDRESS"] = "";
        await using var open = await ServiceProcess.StartAsync(settings, program: ServiceProcess.Silo);
        await open.PrintsAsync("have no protection");
    }

    private static async Task<string> FailureAsync(Dictionary<string, string> settings)
    {
        var (code, output) = await ServiceProcess.RunToEndAsync(settings, program: ServiceProcess.Silo);
        code.ShouldBe(1);
        return output;
    }

    private static void PresentNothing(TlsOptions options)
    {
        options.ClientCertificateMode = RemoteCertificateMode.NoCertificate;
        options.RemoteCertificateValidation = (certificate, _, _) => certificate is not null;
        options.OnAuthenticateAsClient = (_, client) => client.TargetHost = "imagesearch";
    }

    private static async Task<string> PresentedAsync(int port)
    {
        var presented = "";
        using var client = new TcpClient("127.0.0.1", port);
        await using var stream = new SslStream(client.GetStream());
        var options = Options();
        options.RemoteCertificateValidationCallback = (_, certificate, _, _) => (presented = certificate!.GetCertHashString()).Length > 0;
        await stream.AuthenticateAsClientAsync(options);
        return presented;
    }

    private static SslClientAuthenticationOptions Options() => new()
    {
        TargetHost = "imagesearch",
        ApplicationProtocols = [new SslApplicationProtocol("Orleans1")],
        // The test is about what a stranger can see, not about what it trusts.
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
    };
}
