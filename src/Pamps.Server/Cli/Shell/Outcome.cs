using Microsoft.CodeAnalysis.Scripting;

namespace Pamps.Server.Cli.Shell;

/// <summary>What one submission came to: text to show, errors, and the state to go on from.</summary>
internal sealed record Outcome(string? Text, IReadOnlyList<string> Errors, ScriptState? State);
