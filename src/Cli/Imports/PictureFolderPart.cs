using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Cli.Imports;

/// <summary>Some pictures of a folder.</summary>
internal sealed class PictureFolderPart(
    IReadOnlyList<PictureFile> files, Func<PictureFile, ReadOnlyMemory<byte>, string> keyOf, PictureKey rule, ContentKeys contents) : ImportPart
{
    public override string Fingerprint { get; } = FingerprintOf(files);

    public override Task<Client.Imports.Import> SendAsync(
        Client.Imports.ImportCalls imports, string table, Client.Imports.ImportOptions options, CancellationToken cancellationToken) =>
        imports.SendAsync(table, ItemsAsync(cancellationToken), options, cancellationToken);

    public override string NameOf(Client.Imports.ImportFailure failure) => failure.Key ?? $"line {failure.Line}";

    private async IAsyncEnumerable<Client.Imports.ImportItem> ItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            var content = await File.ReadAllBytesAsync(file.Path, cancellationToken);
            var key = keyOf(file, content);
            if (rule == PictureKey.Md5 && !contents.IsFirst(key, file)) continue;
            yield return new Client.Imports.ImportItem { Key = key, Picture = Client.Items.Picture.FromBytes(content) };
        }
    }

    private static string FingerprintOf(IEnumerable<PictureFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.Name}\0{file.Bytes}\0{file.Modified}\0")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
