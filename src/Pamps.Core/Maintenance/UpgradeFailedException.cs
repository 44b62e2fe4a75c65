using System.Data.Common;

namespace Pamps.Core.Maintenance;

/// <summary>A migration failed, and nothing was changed.</summary>
public sealed class UpgradeFailedException : Exception
{
    internal UpgradeFailedException(DbException fault, string? wayBack)
        : base(
            $"The upgrade failed: {fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}. The database is as it was before. {wayBack}".TrimEnd(),
            fault
        ) { }
}
