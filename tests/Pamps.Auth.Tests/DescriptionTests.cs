using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;

namespace Pamps.Auth.Tests;

public class DescriptionTests
{
    [Fact]
    public async Task Who_is_signed_in_is_never_described_as_a_body()
    {
        await using var host = await TestHost.StartAsync();
        Assert.DoesNotContain(Find(host, "me").ParameterDescriptions, parameter =>
            parameter.Source == BindingSource.Body || parameter.Source == BindingSource.Query
        );
    }

    [Theory]
    [InlineData("token", typeof(TokenForm), "200 401 403 415 422 429")]
    [InlineData("refresh_token", typeof(RefreshRequest), "200 401 415 422")]
    [InlineData("logout", typeof(RefreshRequest), "204 401 415 422")]
    public async Task An_endpoint_names_its_body_and_every_answer(string path, Type body, string answers)
    {
        await using var host = await TestHost.StartAsync();
        var endpoint = Find(host, path);
        var metadata = endpoint.ActionDescriptor.EndpointMetadata;
        Assert.Empty(endpoint.ParameterDescriptions);
        Assert.Equal(body, metadata.OfType<RequestBodyMetadata>().Single().Type);
        Assert.Equal(
            answers,
            string.Join(' ', endpoint.SupportedResponseTypes.Select(it => it.StatusCode).Order())
        );
    }

    [Fact]
    public async Task No_keys_are_kept_on_disk()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Null(host.Get<IServiceProvider>().GetService<IDataProtectionProvider>());
    }

    private static ApiDescription Find(TestHost host, string path) =>
        host.Get<IApiDescriptionGroupCollectionProvider>()
            .ApiDescriptionGroups.Items.SelectMany(group => group.Items)
            .Single(endpoint => endpoint.RelativePath == path);
}
