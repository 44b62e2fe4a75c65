using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pamps.Pages;
using Pamps.Pages.Files;
using Pamps.Pages.Routing;

namespace Pamps.Tests.WebClient;

/// <summary>Where a page and the API share a path.</summary>
public sealed class PageOrApiTests
{
    [Theory]
    [InlineData("/tag/x", "text/html", "page")]
    [InlineData("/tag/x/", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "page")]
    [InlineData("/tag/x", "TEXT/HTML", "page")]
    [InlineData("/tag/x/", "application/json", "api")]
    [InlineData("/tag/x", "*/*", "api")]
    [InlineData("/tag/x", "text/*", "api")]
    [InlineData("/tag/x", "application/json, text/html;q=0", "api")]
    [InlineData("/tag/x", "", "api")]
    [InlineData("/tag/x", "nonsense", "api")]
    [InlineData("/alone", "application/json", "page")]
    [InlineData("/data", "text/html", "api")]
    public async Task People_get_the_page_and_programs_the_API(string path, string accept, string expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<MatcherPolicy, PageOrApiPolicy>();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/tag/{name}/", () => "api");
        app.MapGet("/data/", () => "api");
        app.MapGet("/tag/{tag}", () => "page").WithMetadata(new PageMetadata());
        app.MapGet("/alone", () => "page").WithMetadata(new PageMetadata());
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.Single() + path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(
            expected,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        Assert.Equal(
            path.StartsWith("/tag", StringComparison.Ordinal),
            response.Headers.Vary.Contains("Accept")
        );
    }
}
