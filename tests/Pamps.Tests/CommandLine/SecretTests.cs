namespace Pamps.Tests.CommandLine;

public sealed class SecretTests
{
    [Fact]
    public async Task Each_secret_is_a_new_one_of_128_hexadecimal_digits()
    {
        var workplace = Workplace.Bare();
        var first = (await workplace.RunAsync("secret")).Succeeded();
        var second = (await workplace.RunAsync("secret")).Succeeded();
        Assert.Matches("^[0-9a-f]{128}\n$", first);
        Assert.Matches("^[0-9a-f]{128}\n$", second);
        Assert.NotEqual(first, second);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workplace.Folder));
    }
}
