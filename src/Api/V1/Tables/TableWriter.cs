using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Security.Keys;
using ImageSearch.Api.Settings;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Tables;

/// <summary>Creates and changes tables.</summary>
internal sealed class TableWriter(
    IGrainFactory grains, TableLookup tables, RequestLimiter limiter, ServiceSettings service, KeyQuota quota, IHttpContextAccessor accessor)
{
    // A change without If-Match is made on the settings that were read; another client may change them in between.
    private const int MaxTries = 8;

    /// <summary>Creates the table, or replaces the settings of the one that is there.</summary>
    /// <returns>The table, and whether it was created.</returns>
    public async Task<Result<(TableStatus Table, bool IsNew)>> PutAsync(
        TableName name, TableChange change, ItemCondition? condition, CancellationToken cancellationToken)
    {
        if (!limiter.Acquire(CallCost.Cheap).TryGet(out var lease, out var busy)) return busy;
        using var ownedLease = lease;
        if (CheckKept(change) is { } tooMuch) return tooMuch;
        var settings = change.Apply(TableSettings.Default);
        var described = await grains.Table(name).DescribeAsync(cancellationToken);
        if (described.Failure is { Code: FailureCode.TableNotFound })
        {
            if (condition is { MustExist: true }) return ConditionFailed(name);
            if (await quota.CheckTableAsync(Caller.Of(accessor), name, cancellationToken) is { } full) return full;
            var created = await grains.Items(name).CreateWithAsync(change.Model, change.Metric, settings, cancellationToken);
            tables.Invalidate(name);
            if (!created.TryGet(out var table, out var notCreated)) return notCreated;
            if (table.IsNew ?? Matches(table, change, settings)) return (table, true);
            described = table; // Another call has created it since.
        }

        if (!described.TryGet(out var existing, out var failure)) return failure;
        if (condition is { MustNotExist: true }) return ConditionFailed(name);
        if (change.Model is { } model && model != existing.Model) return ModelFixed(existing, model);
        var replaced = await ChangeAsync(existing, change.Metric, _ => settings, condition, cancellationToken);
        return replaced.TryGet(out var result, out failure) ? (result, false) : failure;
    }

    /// <summary>Changes the settings that a request names.</summary>
    public async Task<Result<TableStatus>> PatchAsync(
        TableName name, TableChange change, ItemCondition? condition, CancellationToken cancellationToken)
    {
        if (!limiter.Acquire(CallCost.Cheap).TryGet(out var lease, out var busy)) return busy;
        using var ownedLease = lease;
        if (CheckKept(change) is { } tooMuch) return tooMuch;
        if (!(await grains.Table(name).DescribeAsync(cancellationToken)).TryGet(out var existing, out var failure)) return failure;
        if (change.Model is { } model && model != existing.Model) return ModelFixed(existing, model);
        return await ChangeAsync(existing, change.Metric, change.Apply, condition, cancellationToken);
    }

    /// <summary>Deletes the table. One whose settings are changed since its condition was checked is checked again.</summary>
    public async Task<Result<Done>> DeleteAsync(TableName name, ItemCondition? condition, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            if (!(await grains.Table(name).DescribeAsync(cancellationToken)).TryGet(out var table, out var failure)) return failure;
            if (Check(condition, table) is { } unmet) return unmet;
            var dropped = condition?.Tags is null
                ? await grains.Table(name).DropAsync(cancellationToken)
                : await grains.Items(name).DropIfAsync(table.Tag, cancellationToken);
            tables.Invalidate(name);
            if (dropped.Failure?.Code != FailureCode.ConditionFailed || i == MaxTries) return dropped;
        }
    }

    /// <summary>Whether a condition holds for a table that exists.</summary>
    public static Failure? Check(ItemCondition? condition, TableStatus table) =>
        condition is null || (!condition.MustNotExist && condition.Tags?.Contains(table.Tag) != false) ? null : ConditionFailed(table.Name);

    private async Task<Result<TableStatus>> ChangeAsync(
        TableStatus table, Metric? metric, Func<TableSettings, TableSettings> apply, ItemCondition? condition, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            if (Check(condition, table) is { } unmet) return unmet;
            var configured = await grains.Items(table.Name).ConfigureAsync(apply(table.Settings), metric, table.Tag, cancellationToken);
            tables.Invalidate(table.Name);
            if (configured.Failure?.Code != FailureCode.ConditionFailed || i == MaxTries) return configured;
            if (!(await grains.Table(table.Name).DescribeAsync(cancellationToken)).TryGet(out table!, out var failure)) return failure;
        }
    }

    // A table keeps no more than the service: the operator decides what the disk holds.
    private Failure? CheckKept(TableChange change)
    {
        if (change.Apply(TableSettings.Default).KeepPictures is not { } chosen || chosen <= service.KeepPictures) return null;
        var allowed = Enum.GetValues<KeepPictures>().Where(kept => kept <= service.KeepPictures).Select(EnumWord.Of);
        return InvalidField.Of(
            "keep_pictures", EnumWord.Of(chosen), $"one of {string.Join(", ", allowed)}, no more than the setting KEEP_PICTURES of the service");
    }

    private static bool Matches(TableStatus table, TableChange change, TableSettings settings) =>
        (change.Model is null || change.Model == table.Model)
        && (change.Metric is null || change.Metric == table.Metric)
        && table.Settings with { Attributes = settings.Attributes } == settings
        && table.Settings.Attributes.SequenceEqual(settings.Attributes);

    private static Failure ConditionFailed(TableName name) =>
        new(FailureCode.ConditionFailed, $"table {name} does not satisfy If-Match or If-None-Match");

    private static Failure ModelFixed(TableStatus table, ModelIdentity model) =>
        new(FailureCode.ModelMismatch, $"table {table.Name} has the model {table.Model}, which can't change to {model}")
        {
            Field = "model",
            Value = model.ToString(),
            Bound = table.Model.ToString(),
        };
}
