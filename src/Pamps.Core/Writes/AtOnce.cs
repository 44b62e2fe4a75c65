using System.Data.Common;
using Pamps.Core.Databases;

namespace Pamps.Core.Writes;

/// <summary>What is answered of an operation that is written at once.</summary>
/// <param name="Look">
/// Reads <c>"user" v</c>, with <see cref="Write.MayAtOnce"/> among its conditions; one row, or none where nothing may be written.
/// </param>
/// <param name="ReadRow">Makes the answer of that row.</param>
/// <param name="Answer">What an Idempotency-Key keeps of the answer.</param>
internal sealed record AtOnce<T>(Statement Look, Func<DbDataReader, T> ReadRow, T Answer);
