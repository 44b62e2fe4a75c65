using System.Globalization;

namespace Pamps.Server.Settings;

/// <summary>Servers of one PostgreSQL: the primary and its replicas, in whichever roles they are just now.</summary>
internal static class PostgresHosts
{
    private const string Replicas = "PAMPS_DB__REPLICAS";

    /// <summary>Takes all hosts but the first out of a URI, which .NET reads with one only.</summary>
    /// <param name="uri">The URI, which may have no others.</param>
    /// <param name="name">What it was set by, to be named in errors.</param>
    public static (string Uri, IReadOnlyList<string> Others) Split(string uri, string name)
    {
        var begin = uri.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        var end = uri.IndexOfAny(['/', '?', '#'], begin);
        end = end < 0 ? uri.Length : end;
        // A comma may be a password's, too.
        begin = uri.LastIndexOf('@', end - 1, end - begin) is var at and >= 0 ? at + 1 : begin;
        var hosts = uri[begin..end].Split(',');
        return (
            uri[..begin] + hosts[0] + uri[end..],
            [
                .. hosts
                    .Skip(1)
                    .Select(x =>
                        Read(x)
                        ?? throw new UserErrorException(
                            $"{name} has a host among several that cannot be read."
                        )
                    ),
            ]
        );
    }

    /// <summary>Adds the servers of <c>PAMPS_DB__REPLICAS</c>.</summary>
    /// <exception cref="UserErrorException">One is none, or is reached in another way than the first.</exception>
    public static DatabaseUri With(this DatabaseUri database, string replicas)
    {
        var listed = replicas.Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        if (listed.Length == 0)
        {
            return database;
        }
        if (database is not DatabaseUri.Postgres { Connection: var connection } postgres)
        {
            throw new UserErrorException(
                $"{Replicas} is set, and SQLite has no replicas; see PAMPS_DB__URI."
            );
        }
        var servers = postgres.Servers.Concat(listed.SelectMany(x => Read(x, postgres))).Distinct().ToList();
        connection.Host = string.Join(',', servers);
        return postgres;
    }

    /// <summary>A server with its port, as the driver writes it in a list of several.</summary>
    public static string WithPort(string host, int port)
    {
        var hasPort = host.StartsWith('[')
            ? host.Contains("]:", StringComparison.Ordinal)
            : host.Count(x => x == ':') == 1;
        var isNaked = !hasPort && !host.StartsWith('[') && host.Contains(':', StringComparison.Ordinal);
        return hasPort ? host
            : isNaked ? string.Create(CultureInfo.InvariantCulture, $"[{host}]:{port}")
            : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
    }

    private static IReadOnlyList<string> Read(string replica, DatabaseUri.Postgres primary)
    {
        if (!replica.Contains("://", StringComparison.Ordinal))
        {
            return
            [
                Read(replica)
                    ?? throw new UserErrorException(
                        $"{Replicas} holds something that is no host; hosts look like db2.example.org:5432."
                    ),
            ];
        }
        if (DatabaseUri.Parse(replica, Replicas) is not DatabaseUri.Postgres { Connection: var other } read)
        {
            throw new UserErrorException($"{Replicas} names an SQLite database.");
        }
        var isReachedAlike =
            other.Database == primary.Connection.Database
            && (other.Username is null || other.Username == primary.Connection.Username)
            && (other.Password is null || other.Password == primary.Connection.Password);
        return isReachedAlike
            ? read.Servers
            : throw new UserErrorException(
                $"{Replicas} has another user, password or database than PAMPS_DB__URI; a replica has the same."
            );
    }

    /// <summary>A host with its port; null when it is none.</summary>
    private static string? Read(string host) =>
        Uri.TryCreate($"postgresql://{host}", UriKind.Absolute, out var uri)
        && uri is { Host.Length: > 0, UserInfo: "", PathAndQuery: "" or "/", Fragment: "" }
            ? WithPort(uri.Host, uri.Port < 0 ? 5432 : uri.Port)
            : null;
}
