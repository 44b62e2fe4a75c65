namespace Pamps.Server.Cli;

internal static class Stoppable
{
    private const string GoOn =
        "The same command goes on from here; `pamps reset-db` on the target begins anew.";

    /// <summary>Runs work that fills a database, and says when it is stopped that it can go on.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> work, string goOn = GoOn)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"pamps: Stopped. {goOn}");
            throw;
        }
    }
}
