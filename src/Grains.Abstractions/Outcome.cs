using System.Collections.Frozen;
using System.Text.Json;

namespace ImageSearch;

/// <summary>The outcome of a call as a metric tag: one of a few words in snake case, without an allocation.</summary>
public static class Outcome
{
    /// <summary>The call succeeded.</summary>
    public const string Ok = "ok";

    /// <summary>The caller cancelled it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>An error without a word of its own; details are in the log.</summary>
    public const string Internal = "internal";

    /// <summary>The outcome of a call.</summary>
    public static string Of(Failure? failure) => failure is null ? Ok : Of(failure.Code);

    /// <summary>The outcome for a failure code.</summary>
    public static string Of<TCode>(TCode code)
        where TCode : struct, Enum => Words<TCode>.ByCode.GetValueOrDefault(code, Internal);

    private static class Words<TCode>
        where TCode : struct, Enum
    {
        public static readonly FrozenDictionary<TCode, string> ByCode =
            Enum.GetValues<TCode>().ToFrozenDictionary(code => code, code => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString()));
    }
}
