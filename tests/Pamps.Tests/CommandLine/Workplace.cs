using System.Text.Json.Nodes;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

/// <summary>Where somebody works with the program: a folder, and the environment variables that are set there.</summary>
internal sealed class Workplace
{
    public string Folder { get; } = TestDatabase.NewFolder();

    /// <summary>Where data is unless something else is set: in Testing, in a folder of its own.</summary>
    public string DataFolder => Path.Combine(Folder, "data", "testing");

    public Dictionary<string, string> Variables { get; private init; } =
        new() { ["PAMPS_ENV"] = "testing", ["PAMPS_SECURITY__PASSWORD_ITERATIONS"] = "1000" };

    /// <summary>What starts the program that is run there: this build's, or that of another version.</summary>
    public string[] Program { get; private init; } = TestProgram.Command;

    public string Uri => Variables["PAMPS_DB__URI"];

    /// <summary>A workplace on a new, empty database.</summary>
    public static async Task<Workplace> OnAsync(Database database) =>
        new() { Variables = { ["PAMPS_DB__URI"] = await TestDatabase.CreateAsync(database) } };

    /// <summary>A workplace in which nothing at all is set.</summary>
    public static Workplace Bare()
    {
        var bare = new Workplace();
        bare.Variables.Clear();
        return bare;
    }

    /// <summary>Where somebody works with another program on the same database.</summary>
    public Workplace WithProgram(string program) =>
        new() { Program = TestProgram.CommandOf(program), Variables = new(Variables) };

    public Workplace With(string variable, string value)
    {
        Variables[variable] = value;
        return this;
    }

    public Task<PampsProcess> StartAsync(params string[] arguments) => StartWithInputAsync("", arguments);

    /// <summary>Runs a command with nobody at its standard input.</summary>
    public Task<Ran> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    public async Task<Ran> RunWithInputAsync(string input, params string[] arguments)
    {
        await using var process = await StartWithInputAsync(input, arguments);
        return await process.EndAsync();
    }

    private Task<PampsProcess> StartWithInputAsync(string input, string[] arguments) =>
        PampsProcess.StartByAsync(Program, Folder, Variables, input, arguments);

    /// <summary>The user names that <c>user-list</c> knows.</summary>
    public async Task<IReadOnlyList<string>> UsernamesAsync()
    {
        var listed = (await RunAsync("user-list", "--json")).Succeeded();
        return [.. JsonNode.Parse(listed)!.AsArray().Select(x => (string)x!["username"]!)];
    }

    /// <summary>The server in this process, on the same database.</summary>
    public Task<PampsServer> ServeHereAsync(Database database) =>
        PampsServer.StartAsync(database, x => x.Db.Uri = Uri);
}
