using Google.Protobuf;
using ImageSearch.Storage.Milvus.Protocol;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>Encoding and decoding of messages, without a server.</summary>
public sealed class MilvusMessageTests
{
    private static readonly MilvusOptions Options = new() { Host = "milvus.example" };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 8)]
    [InlineData(7, 1280)]
    public void Vectors_are_encoded_as_a_column(int rows, int dimension)
    {
        var random = new Random(rows);
        var vectors = Enumerable.Range(0, rows)
            .Select(_ => new ReadOnlyMemory<float>([.. Enumerable.Range(0, dimension).Select(_ => random.NextSingle())])).ToList();
        var request = new UpsertRequest { CollectionName = "c", NumRows = (uint)rows };
        request.FieldsData.Add(new FieldData { FieldName = "id" });
        request.FieldsData.Add(VectorColumn.From("embedding", vectors));

        var read = UpsertRequest.Parser.ParseFrom(request.ToByteArray());
        read.FieldsData.Count.ShouldBe(2);
        read.FieldsData[1].FieldName.ShouldBe("embedding");
        read.FieldsData[1].Type.ShouldBe(DataType.FloatVector);
        read.FieldsData[1].Vectors.Dim.ShouldBe(dimension);
        read.FieldsData[1].Vectors.FloatVector.Data.ShouldBe(vectors.SelectMany(vector => vector.ToArray()));
        read.NumRows.ShouldBe((uint)rows);
    }

    [Fact]
    public void Vectors_of_different_lengths_are_rejected() =>
        Should.Throw<ArgumentException>(() => VectorColumn.From("embedding", [new float[2], new float[3]]));

    [Fact]
    public void Query_vectors_are_little_endian_float32()
    {
        var group = PlaceholderGroup.Parser.ParseFrom(QueryVectors.From([new float[] { 1, -2 }]));
        var value = group.Placeholders.ShouldHaveSingleItem();
        value.Type.ShouldBe(PlaceholderType.FloatVector);
        value.Values.ShouldHaveSingleItem().ToByteArray().ShouldBe([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
    }

    [Theory]
    // The code of 2.3 and newer, then the error_code and reason of 2.2.
    [InlineData(100, 4, "collection not found", MilvusFault.NotFound)]
    [InlineData(0, 1, "can't find collection: x", MilvusFault.NotFound)]
    [InlineData(800, 1, "database not found", MilvusFault.NotFound)]
    [InlineData(101, 1, "collection not loaded", MilvusFault.NotLoaded)]
    [InlineData(0, 1, "collection x has not been loaded to memory", MilvusFault.NotLoaded)]
    [InlineData(8, 49, "rate limit exceeded", MilvusFault.RateLimited)]
    [InlineData(0, 53, "memory quota exhausted", MilvusFault.RateLimited)]
    [InlineData(1400, 0, "auth check failure", MilvusFault.Refused)]
    [InlineData(0, 3, "permission", MilvusFault.Refused)]
    [InlineData(1, 0, "not ready", MilvusFault.Unreachable)]
    [InlineData(0, 56, "not ready", MilvusFault.Unreachable)]
    [InlineData(65535, 1, "collection already exist", MilvusFault.AlreadyExists)]
    [InlineData(65535, 1, "something else", MilvusFault.Failed)]
    public void A_status_is_mapped_to_a_fault(int code, int legacyCode, string reason, MilvusFault expected)
    {
        var status = new Status { Code = code, ErrorCode = legacyCode, Reason = reason };
        MilvusStatus.Fault(Options, status).ShouldNotBeNull().Code.ShouldBe(expected);
    }

    [Fact]
    public void Search_results_are_split_by_query()
    {
        var results = SearchResultReader.Read(Options, Results(), 2, 2);
        results[0].ShouldBe([new MilvusHit(1, 10, 0.5f), new MilvusHit(2, 20, 0.25f)]);
        results[1].ShouldBe([new MilvusHit(3, 30, 0.125f)]);
    }

    [Theory]
    [InlineData("a missing score")]
    [InlineData("a missing version")]
    [InlineData("no versions")]
    [InlineData("versions of type text")]
    [InlineData("an extra query")]
    [InlineData("too large counts")]
    [InlineData("a negative count")]
    [InlineData("more than requested")]
    [InlineData("no ids")]
    [InlineData("a score that is not a number")]
    public void Inconsistent_search_results_are_garbled(string fault)
    {
        var results = Results();
        switch (fault)
        {
            case "a missing score": results.Scores.RemoveAt(2); break;
            case "a missing version": results.FieldsData[0].Scalars.LongData.Data.RemoveAt(2); break;
            case "no versions": results.FieldsData.Clear(); break;
            case "versions of type text":
                results.FieldsData[0].Scalars = new ScalarField { StringData = new StringArray { Data = { "a", "b", "c" } } };
                break;
            case "an extra query": results.Topks.Add(0); break;
            case "too large counts": results.Topks[1] = 2; break;
            case "a negative count": (results.Topks[0], results.Topks[1]) = (4, -1); break;
            case "more than requested": (results.Topks[0], results.Topks[1]) = (3, 0); break;
            case "no ids": results.Ids = null; break;
            default: results.Scores[1] = float.NaN; break;
        }

        Should.Throw<MilvusException>(() => SearchResultReader.Read(Options, results, 2, 2)).Code.ShouldBe(MilvusFault.Garbled);
    }

    [Fact]
    public void A_page_with_columns_of_different_lengths_is_garbled() =>
        Should.Throw<MilvusException>(() => new MilvusPage(Options, [Longs("id", 1, 2), Longs("version", 1)])).Code.ShouldBe(MilvusFault.Garbled);

    [Fact]
    public void A_page_with_an_incomplete_vector_is_garbled()
    {
        var column = new FieldData { FieldName = "v", Vectors = new VectorField { Dim = 2, FloatVector = new FloatArray { Data = { 1, 2, 3 } } } };
        Should.Throw<MilvusException>(() => new MilvusPage(Options, [column])).Code.ShouldBe(MilvusFault.Garbled);
    }

    private static SearchResultData Results() => new()
    {
        Ids = new IDs { IntId = new LongArray { Data = { 1, 2, 3 } } },
        Scores = { 0.5f, 0.25f, 0.125f },
        Topks = { 2, 1 },
        FieldsData = { Longs("version", 10, 20, 30) },
    };

    private static FieldData Longs(string name, params long[] values) => new()
    {
        Type = DataType.Int64,
        FieldName = name,
        Scalars = new ScalarField { LongData = new LongArray { Data = { values } } },
    };
}
