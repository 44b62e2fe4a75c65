using System.Data.Common;
using Pamps.Core.Databases;

namespace Pamps.Core.Writes;

/// <summary>What a database writes at once, and what is read with it.</summary>
/// <param name="Look">Gives one row, or none where nothing may be written.</param>
/// <param name="ReadRow">Reads it.</param>
/// <param name="Claim">An insertion that inserts nothing where nothing more may be written; null when there is none.</param>
/// <param name="Statements">
/// What to write: each <c>INSERT … VALUES (…)</c> or <c>UPDATE … WHERE</c> with conditions that must all be true. None gives rows,
/// none sees what the look or another does, and no two change the same row.
/// </param>
public sealed record WholeWrite<T>(
    Statement Look,
    Func<DbDataReader, T> ReadRow,
    Statement? Claim,
    IReadOnlyList<Statement> Statements
);
