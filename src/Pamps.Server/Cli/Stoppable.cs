namespace Pamps.Server.Cli;

internal static class Stoppable
{
    /// <summary>Runs the filling of a database, and says when it is stopped that it can go on.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(
                "pamps: Stopped. The same command goes on from here; `pamps reset-db` on the target begins anew."
            );
            throw;
        }
    }
}
