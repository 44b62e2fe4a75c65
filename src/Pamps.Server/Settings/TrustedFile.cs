using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Pamps.Server.Settings;

/// <summary>
/// Tells whether a file in the current folder may decide what this process does: somebody else's must not, since root may well
/// run a command in a folder that anybody writes to.
/// </summary>
internal static partial class TrustedFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeModeAndOwner = 0x1 | 0x2 | 0x8; // STATX_TYPE, STATX_MODE, STATX_UID
    private const int OthersMayWrite = 0x12; // S_IWGRP, S_IWOTH

    /// <summary>Stops unless the file and its folder belong to root or to who runs this, and nobody else may write them.</summary>
    /// <param name="file">A file that is there; of a link, what it leads to.</param>
    /// <exception cref="UserErrorException">They do not, or nobody can tell.</exception>
    public static void Check(string file)
    {
        if (FindFault(file) is { } fault)
        {
            throw new UserErrorException(
                $"The settings in {file} are not read: {fault}. Outside Development they and their folder must belong to root or you, and nobody else may write them. Use variables, or another current folder."
            );
        }
    }

    private static string? FindFault(string file)
    {
        const string unknown = "whose it is cannot be told on this system";
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return unknown;
            }
            var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
            return FindFault("its folder", Path.GetDirectoryName(file)!)
                ?? FindFault("its folder", Path.GetDirectoryName(target)!)
                ?? FindFault("it", target);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return unknown;
        }
    }

    private static string? FindFault(string what, string path)
    {
        // struct statx of the kernel, the same on every processor: stx_uid at 20, stx_mode at 28, 256 bytes in all.
        Span<byte> found = stackalloc byte[256];
        if (Statx(CurrentFolder, path, flags: 0, TypeModeAndOwner, ref found[0]) != 0)
        {
            return $"{what} cannot be looked at";
        }
        var owner = BitConverter.ToUInt32(found[20..]);
        var mode = BitConverter.ToUInt16(found[28..]);
        return owner != 0 && owner != GetEffectiveUser() ? $"{what} belongs to somebody else (user {owner})"
            : (mode & OthersMayWrite) != 0
                ? $"others than its owner may write {what}, which `chmod go-w {ForShell(path)}` ends"
            : null;
    }

    private static string ForShell(string path) =>
        Plain().IsMatch(path) ? path : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[A-Za-z0-9_./+-]+\z")]
    private static partial Regex Plain();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte found);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
