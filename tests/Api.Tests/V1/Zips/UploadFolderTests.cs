using ImageSearch.Api.V1.Imports.Zips;

namespace ImageSearch.Api.Tests.V1.Zips;

/// <summary>Files in which ZIPs are kept.</summary>
public sealed class UploadFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-uploads-");

    [Fact]
    public async Task A_file_has_no_name_that_a_process_that_dies_could_leave_behind()
    {
        using var file = UploadFolder.Of(_folder.FullName).Create();
        (await file.ReceiveAsync(ZipReading.Request([1, 2, 3]), TimeProvider.System)).ShouldBeNull();

        if (!OperatingSystem.IsWindows()) _folder.GetFiles().ShouldBeEmpty();
        var read = new byte[10];
        (await file.ReadAsync(1, read, CancellationToken.None)).ShouldBe(2);
        read[..2].ShouldBe([2, 3]);
    }

    [Fact]
    public void The_next_folder_is_used_if_one_cannot_be_written()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        using var created = UploadFolder.Of(Path.Combine(file, "below"), _folder.FullName).Create();
        Should.Throw<IOException>(() => UploadFolder.Of(Path.Combine(file, "below")).Create());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(16 << 20, false)]
    public async Task A_body_that_the_disk_has_no_space_for_is_refused(long spare, bool isRefused)
    {
        using var file = new UploadFolder([_folder.FullName], _ => UploadFolder.Reserve + spare).Create();
        var request = ZipReading.Request(new byte[1000]);
        request.ContentLength = null;
        var failure = await file.ReceiveAsync(request, TimeProvider.System);
        (failure?.Code).ShouldBe(isRefused ? FailureCode.Busy : null);
    }

    [Fact]
    public async Task A_body_that_announces_more_than_the_disk_has_space_for_is_refused_before_it_is_read()
    {
        using var file = new UploadFolder([_folder.FullName], _ => UploadFolder.Reserve + (100 << 20)).Create();
        var request = ZipReading.Request([]);
        request.ContentLength = (100 << 20) + 1;
        (await file.ReceiveAsync(request, TimeProvider.System)).ShouldNotBeNull().Code.ShouldBe(FailureCode.Busy);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
