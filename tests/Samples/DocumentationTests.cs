namespace Samples.Tests;

/// <summary>What holds for the documentation of each sample.</summary>
public abstract class DocumentationTests
{
    internal abstract Client Anonymous { get; }

    [Theory]
    [InlineData("/docs/index.html", "swagger")]
    [InlineData("/redoc/index.html", "redoc")]
    public async Task There_are_two_pages_to_read_it(string path, string word)
    {
        var page = await Anonymous.GetAsync(path);
        Assert.Equal(200, (int)page.Status);
        Assert.Contains(word, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_and_what_it_answers()
    {
        var documentation = await Anonymous.DocumentationAsync();
        Assert.All(documentation.Operations, x =>
        {
            Assert.NotEmpty((string?)x.Json["summary"] ?? "");
            var (good, bad) = (x.Statuses.Where(it => it[0] == '2'), x.Statuses.Where(it => it[0] == '4'));
            var answer = x.Json["responses"]![Assert.Single(good)]!;
            Assert.Equal(good.Single() != "204", answer["content"] is not null);
            Assert.NotEmpty(bad);
            Assert.True(x.Json["security"] is null || bad.Contains("401"));
            Assert.Equal(x.Json["requestBody"] is not null, x.BodyExample is not null);
            Assert.True(x.Json["requestBody"] is null || bad.Contains("415"));
        });
    }

    /// <summary>Sends the example of an operation's body, as who tries it out in the documentation does.</summary>
    private protected static async Task<Answer> TryAsync(Client client, string method, string path)
    {
        var operation = (await client.DocumentationAsync()).Find(new HttpMethod(method), path)!;
        var example = operation.BodyExample;
        var answer = operation.Json["requestBody"]?["content"]!["application/json"] is not null
            ? await client.SendAsync(new HttpMethod(method), path, example)
            : await client.FormAsync(path, (string)example!["username"]!, (string)example["password"]!);
        Assert.True((int)answer.Status < 300, $"{operation}: {answer.Text}");
        return answer;
    }
}
