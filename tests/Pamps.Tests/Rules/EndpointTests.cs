using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Pages;
using Pamps.Pages.Files;
using Pamps.Pages.Routing;
using Pamps.Tests.Host;

namespace Pamps.Tests.Rules;

public sealed class EndpointTests
{
    [Fact]
    public async Task Every_endpoint_has_a_name_of_its_own_a_summary_and_says_who_may_call_it()
    {
        var endpoints = await ReadAsync();
        Assert.NotEmpty(endpoints);
        foreach (var endpoint in endpoints)
        {
            var what = endpoint.DisplayName;
            Assert.False(string.IsNullOrWhiteSpace(NameOf(endpoint)), $"{what} has no name");
            var summary = endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary;
            Assert.False(string.IsNullOrWhiteSpace(summary), $"{what} has no summary");
            var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var isGuarded = endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null;
            Assert.True(isOpen != isGuarded, $"{what} does not say clearly who may call it");
        }
        Assert.Equal(endpoints.Count, endpoints.Select(NameOf).Distinct().Count());
    }

    [Fact]
    public async Task Everything_that_writes_is_guarded_except_where_nobody_can_have_a_token_yet()
    {
        var open = (await ReadAsync())
            .Where(x => x.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Where(x => x.Metadata.GetMetadata<ReadOnlyMetadata>() is null)
            .Where(x =>
                x.Metadata.GetMetadata<IHttpMethodMetadata>()!
                    .HttpMethods.Any(y => y is not ("GET" or "HEAD"))
            )
            .Select(NameOf);
        string[] expected =
        [
            "AppealSuspension",
            "ConfirmEmail",
            "CreateUser",
            "EndSession",
            "ForgotPassword",
            "IssueToken",
            "OpenPasskeySession",
            "OpenSession",
            "Refresh",
            "RefreshSession",
            "RegisterApplication",
            "ResetPassword",
            "RevokeToken",
            "SignIn",
            "SignOut",
        ];
        Assert.Equal(expected, open.Order(StringComparer.Ordinal));
    }

    private static async Task<List<RouteEndpoint>> ReadAsync()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        return [.. pamps.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
    }

    private static string? NameOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
}
