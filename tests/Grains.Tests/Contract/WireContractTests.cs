namespace ImageSearch.Grains.Tests.Contract;

/// <summary>
/// During a rolling update processes of two versions speak to each other. contract.txt is what the released version speaks: a member may
/// be added at the end of its message and a call to its grain, and then stands there too; what stands there is never renamed, renumbered,
/// retyped or removed.
/// </summary>
public sealed class WireContractTests
{
    private static string Written => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contract", "contract.txt"));

    [Fact]
    public void Grains_and_messages_are_those_of_the_checked_in_contract()
    {
        var now = WireContract.Of(typeof(ITableGrain).Assembly);
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "Contract", "now.txt"), now);
        now.ShouldBe(Written);
    }

    [Fact]
    public void Every_grain_and_every_call_has_an_alias() => Written.ShouldNotContain("without alias");

    [Fact]
    public void No_number_of_a_message_is_used_twice() =>
        Written.Split("message ").Skip(1)
            .SelectMany(message => message.Split('\n').Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
                .Select(line => string.Join(' ', line.Trim().Split(' ')[..2]))
                .GroupBy(number => number).Where(same => same.Count() > 1).Select(same => $"{message.Split('\n')[0]}: {same.Key}"))
            .ShouldBeEmpty();
}
