using System.CommandLine;
using ImageSearch.Cli.Settings;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Cli.Catalogs;

/// <summary>The options of a Milvus server. Their variables are the settings of the service.</summary>
internal sealed class MilvusServerOptions
{
    private static readonly MilvusOptions Defaults = new() { Host = "localhost" };

    private readonly SettingOption<string> _host = new("--milvus-host", null, HostName("--milvus-port"), null, "The Milvus server.");

    private readonly SettingOption<int> _port = new("--milvus-port", Variables.MilvusPort, ValueFormats.Port, Defaults.Port, "Its port.");

    private readonly SettingOption<string> _user = new(
        "--milvus-user", Variables.MilvusUser, ValueFormats.Text, Defaults.User,
        $"The user, if the server requires authentication. The password is read from the variable {Variables.MilvusPassword}, or a token that "
        + $"replaces both from {Variables.MilvusToken}, so that they do not appear in process lists.");

    private readonly SettingOption<string> _database = new(
        "--milvus-db", Variables.MilvusDatabase, ValueFormats.Text, Defaults.Database, "The database.", "the default database of the server");

    private readonly SettingOption<bool> _tls = new("--tls", Variables.MilvusTls, ValueFormats.Boolean, Defaults.Tls, "Connect with TLS.", "no TLS");

    private readonly SettingOption<string> _authority = new(
        "--tls-ca", Variables.MilvusTlsCa, PemFile(), null, "A PEM file with the certificate authorities to trust instead of the system's; needs --tls.");

    /// <param name="command">The command.</param>
    /// <param name="required">Whether the command needs a server.</param>
    public void AddTo(Command command, bool required = true)
    {
        _host.Option.Required = required;
        foreach (var option in new[] { _host.Option, _port.Option, _user.Option, _database.Option, _tls.Option, _authority.Option }) command.Add(option);
        OptionReader.Validate(command, Read);
    }

    /// <summary>Whether the command line names a server.</summary>
    public bool IsGiven(ParseResult parsed) => OptionReader.Read(parsed, reader => reader.IsGiven(_host));

    public MilvusOptions Read(ParseResult parsed) => OptionReader.Read(parsed, Read);

    /// <summary>A host name or IP address.</summary>
    /// <param name="portOption">The option of the port.</param>
    internal static ValueFormat<string> HostName(string portOption) => ValueFormats.Matching(
        text => Uri.CheckHostName(text) != UriHostNameType.Unknown, $"the name or address of a server, without a port (that is {portOption})");

    private MilvusOptions Read(OptionReader reader)
    {
        var (user, token) = (reader.Value(_user)!, Variables.Read(Variables.MilvusToken));
        if (user.Length > 0 && token is not null) reader.AddError($"{reader.NameOf(_user)} and {Variables.MilvusToken} are both set: set one of them");
        var (tls, authority) = (reader.Value(_tls), reader.Value(_authority));
        if (!tls && reader.IsSet(_authority)) reader.AddError($"{reader.NameOf(_authority)} is set, but {_tls.Option.Name} is not: set both or neither");
        return Defaults with
        {
            Host = reader.Value(_host) ?? Defaults.Host,
            Port = reader.Value(_port),
            User = user,
            Password = user.Length > 0 ? Variables.Read(Variables.MilvusPassword) ?? "" : "",
            Token = token ?? "",
            Database = reader.Value(_database)!,
            Tls = tls,
            TlsCaFile = authority,
        };
    }

    private static ValueFormat<string> PemFile() => new(text =>
    {
        var file = Path.GetFullPath(text);
        return new(file, PemAuthorities.Problem(file));
    });
}
