using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Pamps.Server.Http;

/// <summary>
/// The OpenAPI document, made when it is first asked for and then kept: making it takes long enough that asking
/// for it again and again would keep a core busy.
/// </summary>
internal sealed class OpenApiBytes(IServiceProvider services)
{
    private readonly Lazy<Task<byte[]>> document = new(() => MakeAsync(services));

    public Task<byte[]> ReadAsync() => document.Value;

    private static async Task<byte[]> MakeAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var provider = scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1");
        var made = await provider.GetOpenApiDocumentAsync();
        using var buffer = new MemoryStream();
        await made.SerializeAsJsonAsync(buffer, OpenApiSpecVersion.OpenApi3_1);
        return buffer.ToArray();
    }
}
