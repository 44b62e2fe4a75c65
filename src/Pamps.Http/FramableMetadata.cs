namespace Pamps.Http;

/// <summary>Marks an endpoint whose page other sites may show in a frame: nothing in it is anybody's own, and nothing can be done in it.</summary>
public sealed class FramableMetadata;
