using System.CommandLine;
using System.Globalization;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Cli.Catalogs;

/// <summary>The options that name a Milvus server; the service's settings of the same names are their defaults.</summary>
internal sealed class MilvusServerOptions
{
    private readonly Option<string> _host = new("--milvus-host") { Required = true, Description = "The Milvus server." };

    private readonly Option<int> _port = new("--milvus-port")
    {
        Description = "Its port. Default: the variable MILVUS_PORT, or 19530.",
        DefaultValueFactory = _ => int.TryParse(Variable("MILVUS_PORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 19_530,
    };

    private readonly Option<string?> _user = new("--milvus-user")
    {
        Description = "The user, where the server wants one; the password comes from the variable MILVUS_PWD, or a token in place of both from "
            + "MILVUS_TOKEN, so that no list of processes shows it. Default: MILVUS_USER.",
        DefaultValueFactory = _ => Variable("MILVUS_USER"),
    };

    private readonly Option<string?> _database = new("--milvus-db")
    {
        Description = "The database. Default: the variable MILVUS_DB, or the server's default one.",
        DefaultValueFactory = _ => Variable("MILVUS_DB"),
    };

    private readonly Option<bool> _tls = new("--tls") { Description = "Speak TLS with it." };

    private readonly Option<FileInfo> _authority = new("--tls-ca")
    {
        Description = "A PEM file with the authorities that may have signed its certificate; goes with --tls.",
    };

    public void AddTo(Command command)
    {
        _host.Validators.Add(result =>
        {
            if (Uri.CheckHostName(result.GetValueOrDefault<string>()) == UriHostNameType.Unknown)
                result.AddError("--milvus-host must be a name or an address; the port is --milvus-port.");
        });
        _authority.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo>() is { } file && PemAuthorities.Problem(file.FullName) is { } problem)
                result.AddError($"--tls-ca is \"{file.FullName}\", but {problem}.");
        });
        _port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 65_535) result.AddError("--milvus-port must be 1 to 65535.");
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(_user) is { Length: > 0 } && Variable("MILVUS_TOKEN") is not null)
                result.AddError("--milvus-user and the variable MILVUS_TOKEN exclude each other.");
            if (result.GetValue(_authority) is not null && !result.GetValue(_tls)) result.AddError("--tls-ca goes with --tls.");
        });
        foreach (var option in new Option[] { _host, _port, _user, _database, _tls, _authority }) command.Add(option);
    }

    public MilvusOptions Read(ParseResult parsed)
    {
        var user = parsed.GetValue(_user) ?? "";
        return new MilvusOptions
        {
            Host = parsed.GetValue(_host)!,
            Port = parsed.GetValue(_port),
            User = user,
            Password = user.Length > 0 ? Variable("MILVUS_PWD") ?? "" : "",
            Token = Variable("MILVUS_TOKEN") ?? "",
            Database = parsed.GetValue(_database) ?? "",
            Tls = parsed.GetValue(_tls),
            TlsCaFile = parsed.GetValue(_authority)?.FullName,
        };
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
