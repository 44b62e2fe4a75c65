using System.Data.Common;
using Pamps.Core;

namespace Pamps.Operations.Maintenance;

/// <summary>A migration failed, and nothing was changed; or the commit failed, and it is not known what was.</summary>
public sealed class UpgradeFailedException : Exception
{
    internal UpgradeFailedException(DbException fault, string? wayBack)
        : base(
            $"The upgrade failed: {fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}. The database is as it was before. {wayBack}".TrimEnd(),
            fault
        ) { }

    /// <summary>At the commit.</summary>
    internal UpgradeFailedException(DbException fault)
        : base(
            $"The upgrade was not answered: {fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}. `pamps db status` tells whether it was kept.",
            fault
        ) { }
}
