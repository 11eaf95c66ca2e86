using System.Runtime.InteropServices;
using System.Text;
using ImageSearch.Storage.Migration;

namespace ImageSearch.Storage.Tests.Migration;

/// <summary>A damaged pickle is rejected, or read as exactly the array that its bytes still represent.</summary>
public sealed class MutatedPickleTests
{
    private const int Mutations = 1000;

    public static TheoryData<string, int> Seeds
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var file in PickleFixtures.NumPyFiles)
            {
                for (var protocol = 2; protocol <= 5; protocol++) data.Add(file, protocol);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_thousand_mutations_are_refused_or_change_numbers_only(string file, int protocol)
    {
        var row = PickleFixtures.Accepted(file).Single(row => row.Name == $"row, protocol {protocol}");
        var random = new Random(protocol);
        var (refused, read) = (0, 0);
        for (var i = 0; i < Mutations; i++)
        {
            var mutated = Mutate(row.Pickle, random);
            var result = PickledArray.Read(mutated);
            if (result.Failure is { } failure)
            {
                refused++;
                failure.Message.ShouldNotBeNullOrWhiteSpace();
            }
            else
            {
                read++;
                ShouldSay(mutated, result.Value!, protocol);
            }
        }

        // An array remains after mutations of its numbers or of unused memo entries, and without any mutation.
        refused.ShouldBeGreaterThan(Mutations / 2);
        read.ShouldBeGreaterThan(0);
    }

    // The result's values are one contiguous piece of the pickle: nothing was invented and nothing else was read.
    private static void ShouldSay(byte[] pickle, float[] values, int protocol)
    {
        values.Length.ShouldBe(16);
        var bytes = MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        var stored = protocol == 2 ? Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(bytes)) : bytes;
        pickle.AsSpan().IndexOf(stored).ShouldBeGreaterThan(0);
    }

    private static byte[] Mutate(byte[] pickle, Random random)
    {
        var bytes = pickle.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveAt(at); break;
                case 3: bytes.Insert(at, (byte)random.Next(256)); break;
                default: bytes.InsertRange(at, bytes.GetRange(at, random.Next(Math.Min(20, bytes.Count - at)))); break;
            }
        }

        return [.. bytes];
    }
}
