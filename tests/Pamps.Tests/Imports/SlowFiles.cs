using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pamps.Core.Media;

namespace Pamps.Tests.Imports;

/// <summary>A store in which each file takes eleven minutes to open, and which is away when a test says so.</summary>
internal sealed class SlowFiles : TimeProvider
{
    private long leapt;

    /// <summary>How many of the next files cannot be opened.</summary>
    public int Away { get; set; }

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref leapt);

    public void Use(IServiceCollection services)
    {
        var real = services.Last(x => x.ServiceType == typeof(IPrivateFiles));
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(this));
        services.Replace(
            ServiceDescriptor.Singleton<IPrivateFiles>(x => new Files(
                this,
                (IPrivateFiles)real.ImplementationFactory!(x)
            ))
        );
    }

    private sealed class Files(SlowFiles slow, IPrivateFiles real) : IPrivateFiles
    {
        public Task<Stream?> OpenPrivateAsync(string name, CancellationToken cancellationToken)
        {
            Interlocked.Add(ref slow.leapt, 11 * 60 * slow.TimestampFrequency);
            return slow.Away-- > 0
                ? throw new IOException("The store is away.")
                : real.OpenPrivateAsync(name, cancellationToken);
        }

        public Task<long> PutPrivateAsync(
            string name,
            Func<Stream, CancellationToken, Task> writeAsync,
            CancellationToken cancellationToken
        ) => real.PutPrivateAsync(name, writeAsync, cancellationToken);

        public Task RemovePrivateAsync(string name, CancellationToken cancellationToken) =>
            real.RemovePrivateAsync(name, cancellationToken);

        public IAsyncEnumerable<StoredFile> ListPrivateAsync(CancellationToken cancellationToken) =>
            real.ListPrivateAsync(cancellationToken);

        public FileStream NewUpload() => real.NewUpload();
    }
}
