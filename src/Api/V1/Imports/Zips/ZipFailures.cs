using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Problems;

namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>What is wrong with a ZIP, or with one of its files.</summary>
internal static class ZipFailures
{
    public static Failure NotZip { get; } = Of("the body is no ZIP, or a part of its end is missing: send the whole file");

    public static Failure MultiPart { get; } = Of("the ZIP is one part of several: send it as one file");

    public static Failure Damaged { get; } = Of("the directory of the ZIP is damaged: create the ZIP again");

    public static Failure Encrypted { get; } = Of("the ZIP is encrypted: send it without a password");

    public static Failure Overlaps { get; } = Of("files of the ZIP overlap: create the ZIP again");

    public static Failure Empty { get; } = Of("the ZIP has no pictures");

    public static Failure TwoLists { get; } = Of("the ZIP has more than one list at its top: keep one list.ndjson or list.csv");

    public static Failure NotUtf8 { get; } = Of("its name is not in UTF-8: name the charset, for instance ?charset=gbk, or create the ZIP with UTF-8 names");

    public static Failure NotInCharset { get; } = Of("its name is not in the charset that the call names");

    public static Failure ControlCharacter { get; } = Of("its name has a control character: rename the file");

    public static Failure UnknownList(string name) => Of($"{PrintableText.Of(name)} is no list that is known: name it list.ndjson or list.csv");

    public static Failure LongDirectory(ulong length) =>
        Of($"the directory of the ZIP has {length} bytes, at most {ZipEnd.MaxDirectoryBytes} are read: send several ZIPs");

    public static Failure Expands(long limit) =>
        Of($"the files of the ZIP have more than {limit} bytes, ten times those of the ZIP and 100 MB, which is no ZIP of pictures");

    public static Failure FileDamaged(string name) => Of($"the file {PrintableText.Of(name)} is damaged: create the ZIP again");

    public static Failure FileMissing(string name) => Of($"the ZIP has no file {PrintableText.Of(name)}");

    public static Failure FileTwice(string name) => Of($"the ZIP has the file {PrintableText.Of(name)} twice");

    public static Failure FileUsed(string name, long line) => Of($"its file {PrintableText.Of(name)} is that of line {line}");

    public static Failure FileEmpty(string name) => Of($"the file {PrintableText.Of(name)} is empty");

    public static Failure FileTooLarge(string name) =>
        Of($"the file {PrintableText.Of(name)} is larger than {RequestLimits.MaxPictureBytes} bytes, send a smaller picture");

    public static Failure UnknownMethod(string name, int method) =>
        Of($"the file {PrintableText.Of(name)} is compressed by method {method}: use deflate, which every program offers");

    private static Failure Of(string why) => new(FailureCode.RequestInvalid, why);
}
