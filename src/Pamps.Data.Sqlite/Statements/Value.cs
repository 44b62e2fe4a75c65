using System.Text;
using Pamps.Core.Text;
using SQLitePCL;

namespace Pamps.Data.Sqlite.Statements;

/// <summary>Gives a statement its values, in the types that Pamps stores and as SQLite's driver would write them.</summary>
internal static class Value
{
    /// <summary>Binds a value to a place, counted from 1, and answers with SQLite's result.</summary>
    /// <exception cref="ArgumentException">It is of a type that Pamps does not store.</exception>
    public static int Bind(sqlite3_stmt statement, int place, object? value) =>
        value switch
        {
            null or DBNull => raw.sqlite3_bind_null(statement, place),
            long number => raw.sqlite3_bind_int64(statement, place, number),
            int number => raw.sqlite3_bind_int64(statement, place, number),
            short number => raw.sqlite3_bind_int64(statement, place, number),
            bool flag => raw.sqlite3_bind_int64(statement, place, flag ? 1 : 0),
            double number => raw.sqlite3_bind_double(statement, place, number),
            string text => BindText(statement, place, text),
            DateTime time => BindText(statement, place, StoredTime.Write(time)),
            IndexedWords words => BindText(statement, place, words.ToSqlite()),
            _ => throw new ArgumentException($"SQLite is given no {value.GetType()}.", nameof(value)),
        };

    private static int BindText(sqlite3_stmt statement, int place, string text)
    {
        if (text.Length == 0)
        {
            // Of no bytes there is no address, and SQLite takes that for null.
            return raw.sqlite3_bind_text(statement, place, text);
        }
        const int onStack = 2048;
        var bytes = text.Length * 3 <= onStack ? stackalloc byte[onStack] : new byte[text.Length * 3];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        return raw.sqlite3_bind_text(statement, place, bytes[..length]);
    }
}
