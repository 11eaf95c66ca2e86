using System.Net;
using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching.Tests;

public sealed class GlobalAddressTests
{
    private const string Global = """
        1.0.0.0 1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
        168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0
        192.31.196.1 192.52.193.1 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 192.175.48.1 198.17.255.255 198.20.0.0
        198.51.99.255 198.51.101.0 203.0.112.255 203.0.114.0 223.255.255.255
        ::ffff:8.8.8.8 64:ff9b::8.8.8.8 64:ff9b::808:808
        2000:: 2001:200:: 2001:4860:4860::8888 2001:db7:ffff:: 2001:db9:: 2003:: 2606:4700:4700::1111 2620:4f:8000::1
        2a00:1450:4001:80b::200e 2a00::1:5efe:808:808 3ffe:ffff:: 3fff:1000:: 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
        """;

    private const string NotGlobal = """
        0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.0.0.1 10.255.255.255 100.64.0.0 100.100.100.200 100.127.255.255
        127.0.0.0 127.0.0.1 127.1 127.255.255.255 0x7f000001 2130706433 0177.0.0.1 168.63.129.16
        169.254.0.0 169.254.169.254 169.254.170.2 169.254.255.255 172.16.0.0 172.17.0.1 172.31.255.255
        192.0.0.0 192.0.0.8 192.0.0.9 192.0.0.10 192.0.0.170 192.0.0.192 192.0.0.255 192.0.2.0 192.0.2.255 192.88.99.0 192.88.99.1 192.88.99.255
        192.168.0.0 192.168.1.1 192.168.255.255 198.18.0.0 198.19.255.255 198.51.100.0 198.51.100.255 203.0.113.0 203.0.113.255
        224.0.0.0 224.0.0.251 239.255.255.255 240.0.0.0 254.255.255.255 255.255.255.255
        :: ::1 ::2 ::7f00:1 ::127.0.0.1 ::8.8.8.8 ::10.0.0.1
        ::ffff:0.0.0.0 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:192.168.0.1 ::ffff:7f00:1 ::ffff:0:8.8.8.8 ::ffff:0:127.0.0.1
        64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::192.0.2.1 64:ff9b:0:0:0:1:808:808 64:ff9b:1:: 64:ff9b:1::8.8.8.8 64:ff9b:1:ffff::1
        100:: 100::1 100:0:0:1::1 200::1 400::1 1000::1 1fff:ffff::
        2001:: 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:1::1 2001:2::1 2001:3::1 2001:4:112::1 2001:10::1 2001:20::1 2001:30::1 2001:1ff:ffff::
        2001:db8:: 2001:db8:ffff::1 2002:: 2002:7f00:1:: 2002:808:808::1 2002:a00:1::1 2002:ffff:ffff::
        2a00::5efe:a00:1 2a00::5efe:808:808 2a00::200:5efe:7f00:1
        3fff:: 3fff:fff:ffff:: 4000:: 5f00:: 5f00::1 6000::1 8000::1 c000::1 e000::1 f000::1
        fbff:ffff:: fc00:: fd00:ec2::254 fdff:ffff::1 fe00::1 fe80:: fe80::1 fe80::1%1 febf:ffff::1 fec0:: fec0::1 feff:ffff::1 ff00:: ff02::1 ff0e::1
        ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
        """;

    public static TheoryData<string, bool> Verdicts()
    {
        var table = new TheoryData<string, bool>();
        foreach (var (text, verdict) in new[] { (Global, true), (NotGlobal, false) })
        {
            foreach (var address in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                table.Add(address, verdict);
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Only_addresses_of_the_public_internet_are_global(string address, bool isGlobal) =>
        GlobalAddress.Is(IPAddress.Parse(address)).ShouldBe(isGlobal);
}
