using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ImageSearch.Fetching.Tests;

public sealed class PictureFetcherTlsTests
{
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset End = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A certificate for the host from an unknown authority, with the URL of the certificate of that authority.
    private static X509Certificate2 CertificateWithIssuerAt(string issuerUrl)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Unknown", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = authority.CreateSelfSigned(Start, End);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=shop.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("shop.example");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [issuerUrl]));
        using var certificate = request.Create(issuer, Start, End, [1, 2, 3]);
        using var withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    [Fact]
    public async Task An_untrusted_certificate_is_rejected_and_no_url_in_it_is_requested()
    {
        using var inner = new TcpListener(IPAddress.Loopback, 0);
        inner.Start();
        using var certificate = CertificateWithIssuerAt($"http://127.0.0.1:{((IPEndPoint)inner.LocalEndpoint).Port}/issuer.cer");
        using var outer = new TcpListener(IPAddress.Loopback, 0);
        outer.Start();
        var serving = ServeHandshakeAsync(outer, certificate);
        var dialer = new DivertingDialer(((IPEndPoint)outer.LocalEndpoint).Port);
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), new ScriptedResolver(["93.184.216.34"]), dialer);

        var result = await fetcher.FetchAsync("https://shop.example/", CancellationToken.None);

        await serving;
        result.Failure.ShouldBe(FetchFailures.Unreachable(HttpRequestError.SecureConnectionError));
        inner.Pending().ShouldBeFalse();
    }

    private static async Task ServeHandshakeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        try
        {
            // Offline, so that the server does not request the certificate of the issuer itself.
            var context = SslStreamCertificateContext.Create(certificate, null, offline: true);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = context });
            await tls.ReadExactlyAsync(new byte[1]);
        }
        catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client closes the connection because it does not trust the certificate.
        }
    }
}
