using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pamps.Data.Sqlite.Statements;

/// <summary>
/// The rows of a statement as it runs. Columns are read by their place, as the types that Pamps stores; what else the
/// base class offers is not there.
/// </summary>
internal sealed class StatementRows(PreparedStatement statement, nint handle, bool isOnFirst) : DbDataReader
{
    private readonly bool hasRows = isOnFirst;
    private bool isBeforeFirst = true;
    private bool isOnRow = isOnFirst;
    private bool isClosed;

    public override int Depth => 0;

    public override int FieldCount => statement.Columns;

    public override bool HasRows => hasRows;

    public override bool IsClosed => isClosed;

    public override int RecordsAffected => statement.Changes;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        if (isBeforeFirst)
        {
            isBeforeFirst = false;
        }
        else if (isOnRow)
        {
            isOnRow = statement.Step();
        }
        return isOnRow;
    }

    public override bool NextResult() => false;

    public override void Close()
    {
        if (!isClosed)
        {
            isClosed = true;
            isOnRow = false;
            statement.Reset();
        }
    }

    public override bool IsDBNull(int ordinal) => Column.Type(OnRow(), ordinal) == Column.Null;

    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    public override byte GetByte(int ordinal) => checked((byte)GetInt64(ordinal));

    public override short GetInt16(int ordinal) => checked((short)GetInt64(ordinal));

    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    public override long GetInt64(int ordinal)
    {
        var number = Column.Int64(OnRow(), ordinal);
        // SQLite reads NULL as 0; to take the one for the other would hide a mistake.
        return number != 0 || !IsDBNull(ordinal) ? number : throw IsNull(ordinal);
    }

    public override double GetDouble(int ordinal) =>
        IsDBNull(ordinal) ? throw IsNull(ordinal) : Column.Double(handle, ordinal);

    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);

    public override string GetString(int ordinal)
    {
        var text = Column.Utf8(OnRow(), ordinal);
        return text.Length > 0 ? Encoding.UTF8.GetString(text)
            : IsDBNull(ordinal) ? throw IsNull(ordinal)
            : "";
    }

    public override DateTime GetDateTime(int ordinal)
    {
        var text = Column.Utf8(OnRow(), ordinal);
        return text.Length > 0 ? StoredTime.Parse(text) : throw IsNull(ordinal);
    }

    public override string GetName(int ordinal) => statement.NameOf(ordinal);

    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < FieldCount; i++)
        {
            if (string.Equals(GetName(i), name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }
        throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such column.");
    }

    /// <summary>What SQLite keeps there: a number or a text, whatever the column was declared as.</summary>
    public override object GetValue(int ordinal) =>
        Column.Type(OnRow(), ordinal) switch
        {
            Column.Null => DBNull.Value,
            Column.Integer => GetInt64(ordinal),
            Column.Real => GetDouble(ordinal),
            _ => GetString(ordinal),
        };

    public override int GetValues(object[] values) => throw Unsupported();

    [return: DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields
    )]
    public override Type GetFieldType(int ordinal) => throw Unsupported();

    public override string GetDataTypeName(int ordinal) => throw Unsupported();

    public override char GetChar(int ordinal) => throw Unsupported();

    public override decimal GetDecimal(int ordinal) => throw Unsupported();

    public override Guid GetGuid(int ordinal) => throw Unsupported();

    public override long GetBytes(
        int ordinal,
        long dataOffset,
        byte[]? buffer,
        int bufferOffset,
        int length
    ) => throw Unsupported();

    public override long GetChars(
        int ordinal,
        long dataOffset,
        char[]? buffer,
        int bufferOffset,
        int length
    ) => throw Unsupported();

    public override IEnumerator GetEnumerator() => throw Unsupported();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }
        base.Dispose(disposing);
    }

    /// <summary>SQLite itself would read past the end of the rows, and of memory that is not its any more.</summary>
    private nint OnRow() =>
        isOnRow && !isBeforeFirst ? handle : throw new InvalidOperationException("There is no row here.");

    private static InvalidCastException IsNull(int ordinal) => new($"Column {ordinal} is null.");

    private static NotSupportedException Unsupported() => new("Rows are read by place and type.");
}
