namespace Pamps.Server.Cli.Shell;

/// <summary>A globals object with this interface is told, before each evaluation, what Ctrl+C will cancel.</summary>
internal interface ICancelledByShell
{
    CancellationToken Cancellation { get; set; }
}
