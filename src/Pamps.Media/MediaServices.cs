using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Media;

namespace Pamps.Media;

/// <summary>Registers who draws pictures and encodes video and audio.</summary>
public static class MediaServices
{
    /// <summary>Adds it. Where libvips is not there for the system, or the settings say so, no pictures are taken.</summary>
    public static IServiceCollection AddPampsMedia(this IServiceCollection services) =>
        services
            .AddSingleton<IPictureMaker, VipsPictureMaker>()
            .AddSingleton<ILogoMaker, VipsLogoMaker>()
            .AddSingleton<IRecordingMaker, FfmpegRecordingMaker>();
}
