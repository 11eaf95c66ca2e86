using ImageSearch.Api.V1.Requests;
using ImageSearch.Filtering;

namespace ImageSearch.Api.V1.Keys;

/// <summary>What a request says about a key.</summary>
/// <param name="Named">The members that it has.</param>
/// <param name="Apply">Sets what is named, and leaves the rest.</param>
internal sealed record KeyChange(IReadOnlyList<string> Named, Func<ApiKey, ApiKey> Apply)
{
    /// <summary>The members of a key.</summary>
    public static readonly string[] Known =
        ["name", "scopes", "tables", "calls_per_second", "burst", "max_rows", "max_tables", "expires", "disabled"];

    private const double MinRate = 0.01;
    private const double MaxRate = 100_000;
    private const int MaxBurst = 100_000;
    private const int MaxDateLength = 64;
    private const long MaxMaxRows = 1_000_000_000_000;
    private const string TablesBound = "1 to 64 names of tables, or prefixes and *, such as shop1_*";

    private static readonly string[] Required = ["name", "scopes", "tables"];
    private static readonly string NameBound = $"a text of 1 to {ApiKey.MaxNameLength} characters";
    private static readonly string ScopesBound = $"an array of at least {EnumWord.All<KeyScope>()}";

    /// <summary>Reads a request.</summary>
    /// <param name="members">Its members.</param>
    /// <param name="isNew">Whether the key is new, so that it needs a name, scopes and tables.</param>
    public static Result<KeyChange> Read(Members members, bool isNew)
    {
        if (!members.Text("name", ApiKey.MaxNameLength).TryGet(out var name, out var failure)
            || !Scopes(members).TryGet(out var scopes, out failure)
            || !Tables(members).TryGet(out var tables, out failure)
            || !members.Number("calls_per_second", MinRate, MaxRate).TryGet(out var rate, out failure)
            || !members.Integer("burst", 1, MaxBurst).TryGet(out var burst, out failure)
            || !members.Integer("max_rows", 0, MaxMaxRows).TryGet(out var maxRows, out failure)
            || !members.Integer("max_tables", 0, ITableListGrain.MaxCount).TryGet(out var maxTables, out failure)
            || !Expires(members).TryGet(out var expires, out failure)
            || !members.Boolean("disabled").TryGet(out var isDisabled, out failure))
            return failure;
        foreach (var required in Required)
        {
            if (isNew ? !members.Has(required) : members.Contains(required) && !members.Has(required)) return InvalidField.Missing(required, BoundOf(required));
        }

        if (members.Has("name") && name is null) return InvalidField.Of("name", "", NameBound);
        return new KeyChange(
            [.. Known.Where(members.Contains)],
            key => key with
            {
                Name = name ?? key.Name,
                Scopes = scopes ?? key.Scopes,
                Tables = tables ?? key.Tables,
                CallsPerSecond = members.Contains("calls_per_second") ? rate : key.CallsPerSecond,
                Burst = members.Contains("burst") ? (int?)burst : key.Burst,
                MaxRows = members.Contains("max_rows") ? maxRows : key.MaxRows,
                MaxTables = members.Contains("max_tables") ? (int?)maxTables : key.MaxTables,
                Expires = members.Contains("expires") ? expires : key.Expires,
                IsDisabled = members.Contains("disabled") ? isDisabled ?? false : key.IsDisabled,
            });
    }

    /// <summary>Checks a key as it is after a change.</summary>
    public static Failure? Check(ApiKey key) =>
        key is { Burst: not null, CallsPerSecond: null }
            ? InvalidField.Of("burst", $"{key.Burst}", "missing or null without calls_per_second")
            : null;

    private static string BoundOf(string member) => member switch
    {
        "name" => NameBound,
        "scopes" => ScopesBound,
        _ => TablesBound,
    };

    private static Result<IReadOnlyList<KeyScope>?> Scopes(Members members)
    {
        if (!members.Texts("scopes", Enum.GetValues<KeyScope>().Length).TryGet(out var words, out var failure)) return failure with { Bound = ScopesBound };
        if (words is null) return Result.Success<IReadOnlyList<KeyScope>?>(null);
        var scopes = new List<KeyScope>();
        foreach (var word in words)
        {
            if (EnumWord.Parse<KeyScope>(word) is not { } scope) return InvalidField.Of("scopes", word, ScopesBound);
            scopes.Add(scope);
        }

        return scopes.Count > 0 ? scopes.Distinct().Order().ToList() : InvalidField.Of("scopes", "[]", ScopesBound);
    }

    private static Result<IReadOnlyList<string>?> Tables(Members members)
    {
        if (!members.Texts("tables", TablePattern.MaxCount).TryGet(out var patterns, out var failure)) return failure with { Bound = TablesBound };
        if (patterns is null) return Result.Success<IReadOnlyList<string>?>(null);
        foreach (var pattern in patterns)
        {
            if (!TablePattern.IsValid(pattern)) return InvalidField.Of("tables", pattern, TablesBound);
        }

        return patterns.Count > 0 ? Result.Success<IReadOnlyList<string>?>(TablePattern.Disjoint(patterns)) : InvalidField.Of("tables", "[]", TablesBound);
    }

    private static Result<string?> Expires(Members members)
    {
        if (!members.Text("expires", MaxDateLength).TryGet(out var text, out var failure)) return failure with { Bound = WireTime.Bound };
        if (text is null) return (string?)null;
        return DateText.TryParse(text, out var date) && date.Year >= WireTime.MinYear ? WireTime.ToStored(date) : InvalidField.Of("expires", text, WireTime.Bound);
    }
}
