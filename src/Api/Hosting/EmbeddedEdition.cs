using ImageSearch.Grains;
using ImageSearch.Grains.Local;

namespace ImageSearch.Api.Hosting;

/// <summary>The embedded edition: grains are activated in this process.</summary>
internal static class Edition
{
    public const string Name = "embedded";

    private static readonly Type[] GrainClasses = [typeof(DatasetGrain), typeof(EmbeddingGrain)];

    public static void AddGrains(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IGrainFactory>(
            services => new LocalGrainFactory(GrainClasses, type => (Grain)ActivatorUtilities.CreateInstance(services, type)));
}
