namespace Pamps.Auth;

internal static class HmacAlgorithm
{
    public static int? MinimumKeyBytes(string? algorithm) =>
        algorithm switch
        {
            "HS256" => 32,
            "HS384" => 48,
            "HS512" => 64,
            _ => null,
        };
}
