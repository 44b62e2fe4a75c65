using System.Runtime.InteropServices;

namespace Pamps.Data.Sqlite.Statements;

/// <summary>
/// SQLite's own functions that read a value out of the row it stands on (https://sqlite.org/c3ref/column_blob.html). They
/// take some nanoseconds; the driver's way to them, with a counted handle and a change of the collector's mode for each,
/// takes many times that, and a list of posts reads hundreds of values.
/// </summary>
internal static partial class Column
{
    public const int Integer = 1;
    public const int Real = 2;
    public const int Null = 5;

    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    public static partial int Type(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static partial long Int64(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_double"), SuppressGCTransition]
    public static partial double Double(nint statement, int column);

    /// <summary>As long as the statement stands on the row and the value is not read as another type.</summary>
    public static unsafe ReadOnlySpan<byte> Utf8(nint statement, int column)
    {
        // In this order, as SQLite asks: the text first makes sure that the value is one, in UTF-8.
        var text = (byte*)Text(statement, column);
        return text is null ? default : new ReadOnlySpan<byte>(text, Bytes(statement, column));
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_column_text"), SuppressGCTransition]
    private static partial nint Text(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    private static partial int Bytes(nint statement, int column);
}
