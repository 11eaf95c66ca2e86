namespace ImageSearch.Grains.Tests.Contract;

/// <summary>
/// During a rolling update processes of two versions exchange messages. contract.txt is the contract of the released version. A member may
/// be added at the end of a message and a call to a grain, here and in contract.txt. Nothing in contract.txt is ever renamed, renumbered,
/// retyped or removed.
/// </summary>
public sealed class WireContractTests
{
    private static string CheckedIn => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contract", "contract.txt"));

    [Fact]
    public void Grains_and_messages_match_the_checked_in_contract()
    {
        var current = WireContract.Of(typeof(ITableGrain).Assembly);
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "Contract", "current.txt"), current);
        current.ShouldBe(CheckedIn);
    }

    [Fact]
    public void Every_grain_and_every_call_has_an_alias() => CheckedIn.ShouldNotContain("without alias");

    [Fact]
    public void No_number_of_a_message_is_used_twice() =>
        CheckedIn.Split("message ").Skip(1)
            .SelectMany(message => message.Split('\n').Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
                .Select(line => string.Join(' ', line.Trim().Split(' ')[..2]))
                .GroupBy(number => number).Where(same => same.Count() > 1).Select(same => $"{message.Split('\n')[0]}: {same.Key}"))
            .ShouldBeEmpty();
}
