using System.Globalization;
using Npgsql;

namespace Pamps.Server.Settings;

/// <summary>Where the database is: a file, or a PostgreSQL server.</summary>
internal abstract record DatabaseUri
{
    private DatabaseUri() { }

    public sealed record Sqlite(string Path) : DatabaseUri;

    public sealed record Postgres(NpgsqlConnectionStringBuilder Connection) : DatabaseUri
    {
        /// <summary>Its servers, each as <c>host:port</c>.</summary>
        public IReadOnlyList<string> Servers =>
            [.. Connection.Host!.Split(',').Select(x => PostgresHosts.WithPort(x, Connection.Port))];

        /// <summary>Leaves the password out of logs and messages.</summary>
        public override string ToString() => $"{nameof(Postgres)} {Connection.Host}";
    }

    private const string Shapes =
        "It looks like sqlite:///relative/path, sqlite:////absolute/path or postgresql://user:password@host:5432/name.";

    /// <summary>Reads the URI. Its password is never part of an error.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="name">What it was set by, to be named in errors.</param>
    /// <exception cref="UserErrorException">It has none of the known shapes.</exception>
    public static DatabaseUri Parse(string uri, string name = "PAMPS_DB__URI")
    {
        var scheme = uri.Split("://", 2)[0];
        return scheme.Split('+')[0] switch
        {
            "sqlite" => ParseSqlite(uri[scheme.Length..], name),
            "postgresql" or "postgres" when uri.Length > scheme.Length => ParsePostgres(
                "postgresql" + WithHost(uri[scheme.Length..]),
                name
            ),
            _ => throw new UserErrorException($"{name} has an unknown scheme. {Shapes}"),
        };
    }

    private static Sqlite ParseSqlite(string rest, string name)
    {
        var path = rest.StartsWith(":///", StringComparison.Ordinal) ? rest[4..] : "";
        return path is "" or ":memory:" || path.EndsWith('/') || path.Contains('?', StringComparison.Ordinal)
            ? throw new UserErrorException($"{name} names no SQLite file. {Shapes}")
            : new Sqlite(path);
    }

    /// <summary>In <c>://user@/name?host=/socket</c> the host stands in the options only, which .NET does not read.</summary>
    private static string WithHost(string rest)
    {
        var path = rest.IndexOf('/', "://".Length);
        return path > 0 && rest[path - 1] == '@' ? rest.Insert(path, "localhost") : rest;
    }

    private static Postgres ParsePostgres(string text, string name)
    {
        (text, var others) = PostgresHosts.Split(text, name);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.AbsolutePath.Trim('/').Length == 0)
        {
            throw new UserErrorException(
                $"{name} cannot be read, or names no database; special characters in a password are percent-encoded (@ is %40). {Shapes}"
            );
        }
        var user = uri.UserInfo.Split(':', 2);
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length == 0 ? "localhost" : uri.Host.Trim('[', ']'),
            Port = uri.Port < 0 ? 5432 : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')),
            ApplicationName = "pamps",
        };
        if (user[0].Length > 0)
        {
            connection.Username = Uri.UnescapeDataString(user[0]);
        }
        if (user.Length > 1)
        {
            connection.Password = Uri.UnescapeDataString(user[1]);
        }
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            if (pair.Length == 1)
            {
                // Not shown: it may be the rest of a password.
                throw new UserErrorException($"{name} has an option without a value.");
            }
            Apply(connection, pair[0], Uri.UnescapeDataString(pair[1]), name);
        }
        var postgres = new Postgres(connection);
        if (others.Count > 0)
        {
            connection.Host = string.Join(',', postgres.Servers.Concat(others).Distinct());
        }
        return postgres;
    }

    /// <summary>The options of libpq's URIs that mean something to this driver.</summary>
    private static void Apply(
        NpgsqlConnectionStringBuilder connection,
        string option,
        string value,
        string name
    )
    {
        try
        {
            switch (option)
            {
                case "pgbouncer":
                    // No word to the server after each use: a pooler takes it for a transaction of its own, and in
                    // transaction mode for the next client's session. Nothing else is kept in one then, either.
                    connection.NoResetOnClose = bool.Parse(value);
                    break;
                case "sslmode":
                    connection.SslMode = Enum.Parse<SslMode>(
                        value.Replace("-", "", StringComparison.Ordinal),
                        ignoreCase: true
                    );
                    break;
                case "host":
                    connection.Host = value;
                    break;
                case "port":
                    connection.Port = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "connect_timeout":
                    connection.Timeout = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "application_name":
                    connection.ApplicationName = value;
                    break;
                case "sslrootcert":
                    connection.RootCertificate = value;
                    break;
                case "sslcert":
                    connection.SslCertificate = value;
                    break;
                case "sslkey":
                    connection.SslKey = value;
                    break;
                case "options":
                    connection.Options = value;
                    break;
                default:
                    throw new UserErrorException(
                        $"{name} has the unknown option '{option}'; known are sslmode, sslrootcert, sslcert, sslkey, host, port, connect_timeout, application_name, options and pgbouncer."
                    );
            }
        }
        catch (Exception exception)
            when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new UserErrorException($"{name} has a wrong value for its option '{option}'.", exception);
        }
    }
}
