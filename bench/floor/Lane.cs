using System.Buffers;
using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Floor;

/// <summary>One connection, its prepared statements, and the memory in which its answers are made.</summary>
internal sealed class Lane : IAsyncDisposable
{
    private const int Page = 20;

    private readonly DbConnection connection;
    private readonly bool isSqlite;
    private readonly ArrayBufferWriter<byte> bytes = new(16 * 1024);
    private readonly Utf8JsonWriter json;
    private readonly DbCommand home;
    private readonly DbCommand post;
    private readonly DbCommand replies;
    private readonly DbCommand profile;

    private Lane(DbConnection connection, bool isSqlite)
    {
        (this.connection, this.isSqlite) = (connection, isSqlite);
        // As Pamps writes text.
        var options = new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            SkipValidation = true,
        };
        json = new Utf8JsonWriter(bytes, options);
        home = Command(connection, Statements.Home);
        post = Command(connection, Statements.OnePost, ("@id", 0L));
        replies = Command(connection, Statements.Replies, ("@id", 0L));
        profile = Command(connection, Statements.Profile, ("@key", ""));
    }

    public ReadOnlyMemory<byte> Answer => bytes.WrittenMemory;

    public static async Task<Lane> OpenAsync(DbConnection connection, bool isSqlite)
    {
        var lane = new Lane(connection, isSqlite);
        foreach (var command in (DbCommand[])[lane.home, lane.post, lane.replies, lane.profile])
        {
            await command.PrepareAsync();
        }
        return lane;
    }

    public static DbCommand Command(DbConnection connection, string sql, params (string, object)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>Makes the list of everyone's newest posts.</summary>
    public async ValueTask HomeAsync()
    {
        Begin();
        await using var rows = await home.ExecuteReaderAsync();
        json.WriteStartArray();
        for (var left = Page; await NextAsync(rows) && left > 0; left--)
        {
            json.WriteStartObject();
            Rows.WritePost(json, rows);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.Flush();
    }

    /// <summary>Makes a post with the first of its replies; false when there is none.</summary>
    public async ValueTask<bool> PostAsync(long id)
    {
        Begin();
        post.Parameters[0].Value = id;
        long answers;
        string author;
        json.WriteStartObject();
        await using (var row = await post.ExecuteReaderAsync())
        {
            if (!await NextAsync(row))
            {
                return false;
            }
            answers = Rows.WritePost(json, row);
            author = row.GetString(5);
        }
        json.WriteStartArray("replies");
        if (answers > 0)
        {
            replies.Parameters[0].Value = id;
            await using var rows = await replies.ExecuteReaderAsync();
            while (await NextAsync(rows))
            {
                json.WriteStartObject();
                Rows.WritePost(json, rows, author);
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return true;
    }

    /// <summary>Makes a user's profile; false when there is none.</summary>
    public async ValueTask<bool> ProfileAsync(string username)
    {
        Begin();
        profile.Parameters[0].Value = username.ToLowerInvariant();
        await using var row = await profile.ExecuteReaderAsync();
        if (!await NextAsync(row))
        {
            return false;
        }
        Rows.WriteProfile(json, row);
        json.Flush();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await json.DisposeAsync();
        await connection.DisposeAsync();
    }

    private void Begin()
    {
        bytes.ResetWrittenCount();
        json.Reset();
    }

    /// <summary>SQLite's rows are there at once; to wait for them is only work.</summary>
    private ValueTask<bool> NextAsync(DbDataReader rows) =>
        isSqlite ? ValueTask.FromResult(rows.Read()) : new ValueTask<bool>(rows.ReadAsync());
}
