using Microsoft.Data.Sqlite;
using Samples;

namespace Orders;

/// <summary>What the environment says, or what serves where it says nothing.</summary>
internal sealed record Settings(string Address, string SecretKey, string Database)
{
    /// <exception cref="FormatException">With one line for whoever started the program.</exception>
    public static Settings Read(IConfiguration from)
    {
        var url = Start.Value(from, "DATABASE_URL") ?? "sqlite:///orders.db";
        if (url.Split(":///") is not ["sqlite", { Length: > 0 } path])
        {
            throw new FormatException(
                "DATABASE_URL must look like sqlite:///orders.db, the one kind Orders knows."
            );
        }
        return new(
            Start.Address(from, "8001"),
            Start.SecretKey(from),
            new SqliteConnectionStringBuilder { DataSource = path }.ToString()
        );
    }
}
