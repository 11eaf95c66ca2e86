namespace ImageSearch.Cli.Tests.Service;

[Collection(ServiceGroup.Name)]
public sealed class TableCommandsTests(RunningService service)
{
    [Fact]
    public async Task A_table_is_created_with_settings_listed_counted_and_dropped()
    {
        var created = await service.RunAsync(
            "create", "--table", "shoes", "--metric", "cosine", "--max-rows", "7", "-a", "price:number", "-a", "note:string:unindexed", "--json");
        created.Code.ShouldBe(0, created.Error);
        created.Report["metric"]!.GetValue<string>().ShouldBe("cosine");
        created.Report["attributes"]!.ToJsonString().ShouldBe(
            """[{"name":"price","type":"number","indexed":true},{"name":"note","type":"string","indexed":false}]""");

        (await service.RunAsync("tables")).Lines.ShouldContain(line => line.StartsWith("shoes\t0\t0\tready\tcosine\t", StringComparison.Ordinal));
        (await service.RunAsync("count", "--table", "shoes")).Output.ShouldBe("0\n");
        (await service.RunAsync("load", "--table", "shoes")).Code.ShouldBe(0);

        var dropped = await service.RunAsync("drop", "--table", "shoes", "--yes");
        dropped.Code.ShouldBe(0, dropped.Error);
        (await service.RunAsync("count", "--table", "shoes")).Code.ShouldBe(6);
    }

    [Fact]
    public async Task A_table_that_exists_is_changed_by_update_only()
    {
        await service.RunAsync("create", "--table", "existing");
        var refused = await service.RunAsync("create", "--table", "existing", "--max-rows", "5");
        (refused.Code, refused.Error).ShouldBe((1, "imagesearch create: the table existing exists; --update replaces its settings and keeps its rows\n"));

        (await service.RunAsync("create", "--table", "existing", "--max-rows", "5", "--update", "--json")).Number("max_rows").ShouldBe(5);
    }

    [Fact]
    public async Task Drop_deletes_nothing_until_the_name_is_typed()
    {
        await service.RunAsync("create", "--table", "precious");
        var typed = System.Console.In;
        try
        {
            System.Console.SetIn(new StringReader("yes\n"));
            var refused = await service.RunAsync("drop", "--table", "precious");
            refused.Code.ShouldBe(1);
            refused.Error.ShouldContain("nothing was deleted");

            System.Console.SetIn(new StringReader("precious\n"));
            (await service.RunAsync("drop", "--table", "precious")).Code.ShouldBe(0);
        }
        finally
        {
            System.Console.SetIn(typed);
        }
    }

    [Fact]
    public async Task An_error_has_its_code_in_JSON_and_an_exit_code()
    {
        var missing = await service.RunAsync("items", "--table", "no_such", "--json");
        missing.Code.ShouldBe(6);
        missing.Report["error"]!["code"]!.GetValue<string>().ShouldBe("table_not_found");

        (await Console.RunAsync("tables", "--server", service.Address, "--token", "wrong")).Code.ShouldBe(5);
        (await Console.RunAsync("tables", "--server", "http://127.0.0.1:1")).Code.ShouldBe(4);
        (await service.RunAsync("create", "--table", "9lives")).Code.ShouldBe(1);
    }

    [Theory]
    [InlineData("--attribute is \"price\"", "create", "--table", "a", "-a", "price")]
    [InlineData("--attribute is \"price:money\"", "create", "--table", "a", "-a", "price:money")]
    [InlineData("one of l2, ip, cosine", "create", "--table", "a", "--metric", "manhattan")]
    [InlineData("NAME/VERSION/DIMENSION", "create", "--table", "a", "--model", "v2")]
    [InlineData("address of a service", "tables", "--server", "ftp://host")]
    [InlineData("set one of them", "tables", "--server", "http://127.0.0.1:1", "--profile", "a")]
    [InlineData("--table", "count")]
    public async Task Arguments_that_make_no_sense_are_errors(string reason, params string[] arguments)
    {
        var ended = await Console.RunAsync(arguments);

        ended.Code.ShouldBe(1);
        (ended.Error + ended.Output).ShouldContain(reason);
    }

    [Fact]
    public async Task Items_are_listed_in_lines_without_control_characters()
    {
        await service.FillAsync("listed");

        var listed = await service.RunAsync("items", "--table", "listed", "--order-by", "key", "--limit", "2");
        listed.Lines.Count.ShouldBe(3);
        listed.Output.ShouldNotContain('\u001b');
        listed.Output.ShouldContain("\t [31mred\t");

        (await service.RunAsync("items", "--table", "listed", "--limit", "0", "--json")).Lines.Count.ShouldBe(3);
        (await service.RunAsync("count", "--table", "listed", "--filter", "key = \"wine\"")).Output.ShouldBe("1\n");
        (await service.RunAsync("count", "--table", "listed", "--filter", "key = ")).Error.ShouldContain("filter_invalid");
    }
}
