using Xunit.Abstractions;
using Xunit.Sdk;

namespace ImageSearch.Storage.Tests;

/// <summary>
/// A test of a suite that runs in several classes; skipped in those with <see cref="OnMySqlAttribute"/>, <see cref="OnMilvusAttribute"/> or
/// <see cref="OnS3Attribute"/> if there is no such server.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(Discoverers.Facts, Discoverers.Assembly)]
public sealed class SuiteFactAttribute : FactAttribute;

/// <inheritdoc cref="SuiteFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(Discoverers.Theories, Discoverers.Assembly)]
public sealed class SuiteTheoryAttribute : TheoryAttribute;

/// <summary>The class runs a suite on the server of MYSQL_TEST_SERVER.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnMySqlAttribute : Attribute;

/// <summary>The class runs a suite on the server of MILVUS_TEST_SERVER.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnMilvusAttribute : Attribute;

/// <summary>The class runs a suite on the server of S3_TEST_SERVER.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnS3Attribute : Attribute;

public sealed class SuiteFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        Discoverers.SkipReason(testMethod) is { } reason
            ? new SkippedTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, reason)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

public sealed class SuiteTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        Discoverers.SkipReason(testMethod) is { } reason
            ? [new SkippedTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, reason)]
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

public sealed class SkippedTestCase : XunitTestCase
{
    private string _reason = "";

    /// <summary>For xunit, which then fills it by <see cref="Deserialize"/>.</summary>
#pragma warning disable CS0618 // xunit keeps the constructor for this purpose and marks it so.
    public SkippedTestCase()
    {
    }
#pragma warning restore CS0618

    public SkippedTestCase(
        IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method, string reason)
        : base(messages, display, options, method) => _reason = reason;

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue("Reason", _reason);
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        _reason = data.GetValue<string>("Reason");
        base.Deserialize(data);
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) => _reason;
}

internal static class Discoverers
{
    // xunit looks them up by text.
    public const string Facts = "ImageSearch.Storage.Tests.SuiteFactDiscoverer";
    public const string Theories = "ImageSearch.Storage.Tests.SuiteTheoryDiscoverer";
    public const string Assembly = ThisAssembly.Name;

    public static string? SkipReason(ITestMethod method) =>
        (Needs<OnMySqlAttribute>(method) ? TestDatabase.SkipReason : null)
        ?? (Needs<OnMilvusAttribute>(method) ? MilvusServer.SkipReason : null)
        ?? (Needs<OnS3Attribute>(method) ? S3Bucket.SkipReason : null);

    private static bool Needs<T>(ITestMethod method)
        where T : Attribute =>
        method.TestClass.Class.GetCustomAttributes(typeof(T)).Any();
}
