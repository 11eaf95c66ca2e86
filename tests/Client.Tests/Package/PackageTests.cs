using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace ImageSearch.Client.Tests.Package;

/// <summary>What dotnet pack makes of the client.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-package-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_package_has_the_library_its_documentation_and_symbols_and_depends_on_nothing()
    {
        await PackAsync();
        using var package = ZipFile.OpenRead(Single("*.nupkg"));
        var names = package.Entries.Select(entry => entry.FullName).ToList();
        names.ShouldContain("lib/net10.0/ImageSearch.Client.dll");
        names.ShouldContain("lib/net10.0/ImageSearch.Client.xml");
        names.ShouldContain("README.md");

        await using var manifest = await package.GetEntry("ImageSearch.Client.nuspec").ShouldNotBeNull().OpenAsync();
        var metadata = XDocument.Load(manifest);
        metadata.Descendants().Where(element => element.Name.LocalName == "dependency").ShouldBeEmpty();
        metadata.Descendants().Single(element => element.Name.LocalName == "license").Value.ShouldBe("Apache-2.0");

        using var symbols = ZipFile.OpenRead(Single("*.snupkg"));
        symbols.Entries.ShouldContain(entry => entry.FullName == "lib/net10.0/ImageSearch.Client.pdb");
    }

    private async Task PackAsync()
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var project = Path.Combine(Root(), "src", "Client", "Client.csproj");
        var start = new ProcessStartInfo(
            "dotnet", ["pack", project, "--no-build", "--no-restore", "-c", configuration, "-o", _folder.FullName, "--nologo", "-v", "q"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output);
    }

    private string Single(string pattern) => _folder.GetFiles(pattern).ShouldHaveSingleItem().FullName;

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ImageSearch.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("ImageSearch.sln is in no folder above the tests.");
        return folder;
    }
}
