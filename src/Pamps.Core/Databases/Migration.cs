namespace Pamps.Core.Databases;

/// <summary>A step of the schema, as SQL.</summary>
/// <param name="Id">When it was made, and its name.</param>
/// <param name="Up">Reads the statements that change the schema.</param>
/// <param name="Down">Reads the statements that take that back.</param>
public sealed record Migration(string Id, Func<string> Up, Func<string> Down)
{
    /// <summary>The name, without when it was made: that differs between the databases.</summary>
    public string Name => Id[(Id.IndexOf('_', StringComparison.Ordinal) + 1)..];
}
