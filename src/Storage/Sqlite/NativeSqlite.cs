using System.Runtime.InteropServices;
using SQLitePCL;

namespace ImageSearch.Storage;

/// <summary>Loads the native SQLite once for the process: the one that comes with the program, or the one a setting names.</summary>
internal static class NativeSqlite
{
    // RETURNING came with 3.35.
    private static readonly Version Oldest = new(3, 35, 0);
    private static readonly Lock Gate = new();
    private static bool _loaded;
    private static string? _libraryPath;

    /// <summary>Loads the library, or checks that the loaded one is the one that is asked for.</summary>
    /// <returns>Its version.</returns>
    /// <exception cref="CatalogException">It can't be used; the sentence says why.</exception>
    public static string Load(string? libraryPath)
    {
        lock (Gate)
        {
            if (_loaded && libraryPath != _libraryPath)
            {
                throw Refused($"SQLITE_LIBRARY can't change while the program runs; it has loaded '{_libraryPath ?? "its own"}'");
            }

            if (!_loaded)
            {
                if (libraryPath is not null)
                {
                    Redirect(libraryPath);
                }

                Batteries_V2.Init();
                _loaded = true;
                _libraryPath = libraryPath;
            }
        }

        var version = raw.sqlite3_libversion().utf8_to_string();
        if (Version.Parse(version) < Oldest || raw.sqlite3_threadsafe() == 0)
        {
            throw Refused($"SQLite {version} can't be used: {Oldest} or newer, built for threads, is needed; set SQLITE_LIBRARY to such a one");
        }

        return version;
    }

    private static void Redirect(string libraryPath)
    {
        if (!NativeLibrary.TryLoad(libraryPath, out var library) || !NativeLibrary.TryGetExport(library, "sqlite3_open_v2", out _))
        {
            throw Refused($"SQLITE_LIBRARY = '{libraryPath}' is no SQLite library that can be loaded; install it or unset the setting");
        }

        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            (name, _, _) => name == "e_sqlite3" ? library : IntPtr.Zero);
    }

    private static CatalogException Refused(string message) => new(FailureCode.CatalogUnavailable, message);
}
