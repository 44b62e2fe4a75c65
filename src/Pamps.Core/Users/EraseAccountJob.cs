using System.Globalization;
using Pamps.Core.Jobs;

namespace Pamps.Core.Users;

/// <summary>Erases what an account had in it that somebody has deleted, where that takes longer than who asked for it waits.</summary>
internal sealed class EraseAccountJob(EraseAccount erase) : IJobHandler
{
    public const string Name = "erase-account";

    public string Kind => Name;

    /// <summary>The job for an account.</summary>
    public static Job Of(long userId, DateTime runAt) =>
        new(Name, Key: userId.ToString(CultureInfo.InvariantCulture), RunAt: runAt);

    public Task RunAsync(JobRun run, CancellationToken ct) =>
        erase.RunAsync(long.Parse(run.Key!, CultureInfo.InvariantCulture), within: null, ct);
}
