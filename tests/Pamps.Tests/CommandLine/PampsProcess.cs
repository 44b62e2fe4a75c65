using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Pamps.Tests.CommandLine;

/// <summary>A finished run: what it ended with, and all that it said.</summary>
internal sealed record Ran(int ExitCode, string Output, string Errors)
{
    public string All => Output + Errors;

    /// <summary>Checks that it went well, and answers with what it said.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}: {All}");
        return Output;
    }

    /// <summary>Checks that it ended with one line for a person and no stack, and answers with the line.</summary>
    public string Refused()
    {
        Assert.True(ExitCode == 1, $"Exit code {ExitCode}: {All}");
        Assert.DoesNotContain("   at ", All, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", All, StringComparison.Ordinal);
        var line = Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return line;
    }
}

/// <summary>The program as people run it: a process with a folder, variables and pipes of its own.</summary>
internal sealed class PampsProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private PampsProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, x) => Keep(output, x.Data);
        process.ErrorDataReceived += (_, x) => Keep(errors, x.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Read(output);

    public string Errors => Read(errors);

    public bool HasEnded => process.HasExited;

    /// <summary>What the system calls it.</summary>
    public int Id => process.Id;

    /// <param name="folder">Its current folder.</param>
    /// <param name="variables">All that it knows of Pamps' environment variables.</param>
    /// <param name="input">What comes through its standard input, which is then closed.</param>
    /// <param name="arguments">Its command line.</param>
    public static Task<PampsProcess> StartAsync(
        string folder,
        IReadOnlyDictionary<string, string> variables,
        string input,
        params string[] arguments
    ) => StartByAsync(TestProgram.Command, folder, variables, input, arguments);

    /// <param name="program">A command that is the program or becomes it, whose arguments are added to it.</param>
    /// <inheritdoc cref="StartAsync"/>
    public static async Task<PampsProcess> StartByAsync(
        string[] program,
        string folder,
        IReadOnlyDictionary<string, string> variables,
        string input,
        params string[] arguments
    )
    {
        string[] command = [.. program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var foreign = start.Environment.Keys.Where(x =>
            x.StartsWith("PAMPS_", StringComparison.OrdinalIgnoreCase)
            || x is "HOST" or "PORT" or "APP_ORIGIN"
        );
        foreach (var name in foreign.ToList())
        {
            start.Environment.Remove(name);
        }
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        var started = new PampsProcess(Process.Start(start)!);
        try
        {
            await started.process.StandardInput.WriteAsync(input);
            started.process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input.
        }
        return started;
    }

    /// <summary>Of one that nobody disposes: it goes with the test run.</summary>
    public void EndWithTests() => AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();

    public async Task<Ran> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It did not end. It said: {Output}{Errors}");
        }
        return new Ran(process.ExitCode, Output, Errors);
    }

    /// <summary>Waits until the server says where it listens, and answers with that.</summary>
    public async Task<Uri> ListensAsync()
    {
        const string sign = "Pamps listens on ";
        await SaysAsync(x =>
            x.Contains(sign, StringComparison.Ordinal) && x.Contains("Data: ", StringComparison.Ordinal)
        );
        return new Uri(Output.Split(sign)[1].Split(' ')[0]);
    }

    /// <summary>Waits until its standard output is as wanted.</summary>
    public async Task SaysAsync(Func<string, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isWanted(Output))
        {
            if (HasEnded)
            {
                Assert.Fail($"It ended with {process.ExitCode} and only said: {Output}{Errors}");
            }
            Assert.False(patience.IsCancellationRequested, $"It only said: {Output}{Errors}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <param name="signal">TERM, INT or KILL.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start(
            "kill",
            [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]
        );
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private static void Keep(StringBuilder kept, string? line)
    {
        if (line is not null)
        {
            lock (kept)
            {
                kept.Append(line).Append('\n');
            }
        }
    }

    private static string Read(StringBuilder kept)
    {
        lock (kept)
        {
            return kept.ToString();
        }
    }
}
