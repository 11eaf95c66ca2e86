using System.Collections.Frozen;
using System.Text.Json;

namespace ImageSearch;

/// <summary>How a call ended, as metrics tell it: one of a few words in snake case, given without allocating.</summary>
public static class Outcome
{
    /// <summary>It went well.</summary>
    public const string Ok = "ok";

    /// <summary>Its caller gave it up.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>A fault that has no word of its own; the log has the details.</summary>
    public const string Internal = "internal";

    /// <summary>The word for a call that may have failed.</summary>
    public static string Of(Failure? failure) => failure is null ? Ok : Of(failure.Code);

    /// <summary>The word for a code of failure.</summary>
    public static string Of<TCode>(TCode code)
        where TCode : struct, Enum => Words<TCode>.ByCode.GetValueOrDefault(code, Internal);

    private static class Words<TCode>
        where TCode : struct, Enum
    {
        public static readonly FrozenDictionary<TCode, string> ByCode =
            Enum.GetValues<TCode>().ToFrozenDictionary(code => code, code => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString()));
    }
}
