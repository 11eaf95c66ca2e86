using Orleans.Concurrency;

namespace ImageSearch.Grains.Tests;

/// <summary>
/// The embedded edition declares the names of Orleans that the grains use. Their public signatures in Orleans 10.4 are written down here;
/// this test runs against the embedded names in one edition and against Orleans itself in the other, so neither can drift.
/// </summary>
public sealed class OrleansNamesTests
{
    public static TheoryData<Type, string, string[]> Names => new()
    {
        { typeof(IAddressable), "interface Orleans.Runtime.IAddressable", [] },
        { typeof(IGrain), "interface Orleans.IGrain", [] },
        { typeof(IGrainWithStringKey), "interface Orleans.IGrainWithStringKey", [] },
        {
            typeof(Grain),
            "abstract class Orleans.Grain",
            [
                "protected new()",
                "virtual Task OnActivateAsync(CancellationToken cancellationToken)",
                "virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)",
                "protected Void DeactivateOnIdle()",
            ]
        },
        {
            typeof(GrainExtensions),
            "static class Orleans.GrainExtensions",
            ["static String GetPrimaryKeyString(IAddressable grain)"]
        },
        {
            typeof(IGrainFactory),
            "interface Orleans.IGrainFactory",
            [
                "TGrainInterface GetGrain<TGrainInterface : IGrainWithStringKey>(String primaryKey, String grainClassNamePrefix = default)",
            ]
        },
        {
            typeof(DeactivationReason),
            "struct Orleans.DeactivationReason",
            ["new(DeactivationReasonCode code, String text)", "String get_Description()", "DeactivationReasonCode get_ReasonCode()"]
        },
        {
            typeof(DeactivationReasonCode),
            "enum Orleans.DeactivationReasonCode",
            ["None = 0", "ShuttingDown = 1", "ActivationFailed = 2", "ActivationIdle = 4", "ApplicationRequested = 9"]
        },
        { typeof(GenerateSerializerAttribute), "sealed class Orleans.GenerateSerializerAttribute on 28 multiple False", ["new()"] },
        { typeof(IdAttribute), "sealed class Orleans.IdAttribute on 2524 multiple False", ["new(UInt32 id)", "UInt32 get_Id()"] },
        { typeof(AliasAttribute), "sealed class Orleans.AliasAttribute on 1116 multiple True", ["new(String alias)", "String get_Alias()"] },
        {
            typeof(ResponseTimeoutAttribute),
            "sealed class Orleans.ResponseTimeoutAttribute on 64 multiple False",
            ["new(String timeout)", "Nullable`1 get_Timeout()", "Void set_Timeout(Nullable`1 value)"]
        },
        { typeof(ImmutableAttribute), "sealed class Orleans.ImmutableAttribute on 10636 multiple False", ["new()"] },
        { typeof(ReentrantAttribute), "sealed class Orleans.Concurrency.ReentrantAttribute on 4 multiple False", ["new()"] },
        {
            typeof(StatelessWorkerAttribute),
            "sealed class Orleans.Concurrency.StatelessWorkerAttribute on 4 multiple False",
            ["new()", "new(Int32 maxLocalWorkers)"]
        },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_is_declared_as_Orleans_declares_it(Type type, string declaration, string[] members)
    {
        Signature.OfType(type).ShouldBe(declaration);
        foreach (var member in members) Signature.OfMembers(type).ShouldContain(member);
    }

    [Fact]
    public void A_grain_interface_is_addressable()
    {
        typeof(IGrainWithStringKey).GetInterfaces().ShouldBe([typeof(IGrain), typeof(IAddressable)], ignoreOrder: true);
        typeof(Grain).GetInterfaces().ShouldContain(typeof(IAddressable));
    }

    [Fact]
    public void The_embedded_edition_declares_nothing_that_Orleans_has_not()
    {
        // What it declares and is not in the list above would compile here and not in the cluster edition.
        var written = Names.SelectMany(row => (string[])row[2]).ToHashSet();
        var declared = typeof(IDatasetGrain).Assembly.GetExportedTypes()
            .Where(type => type.Namespace!.StartsWith("Orleans", StringComparison.Ordinal) && !type.Name.StartsWith("OrleansCodeGen", StringComparison.Ordinal))
            .Where(type => !type.Namespace!.StartsWith("OrleansCodeGen", StringComparison.Ordinal))
            .SelectMany(Signature.OfMembers);
        declared.Where(member => !written.Contains(member)).ShouldBeEmpty();
    }
}
