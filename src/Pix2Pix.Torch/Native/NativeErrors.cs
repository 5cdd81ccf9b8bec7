namespace Pix2Pix.Torch.Native;

/// <summary>Error messages about native libraries. Each states the problem, the file and the fix.</summary>
internal static class NativeErrors
{
    private const int SymbolsShown = 3;

    public static string NoLibTorch(NativePlatform platform, IEnumerable<string> folders) =>
        $"libtorch was not found for {platform.RuntimeIdentifier}: none of these folders contains {platform.FileName("torch_cpu")}: "
        + $"{List(folders)}. Add the package {platform.LibTorchPackages} to the application, or set the environment variable "
        + $"{NativeHost.Variable} to the folder that contains the file, such as the lib folder of torch "
        + $"{LibTorchFolder.ExpectedVersion} in a Python installation.";

    public static string NoLibTorchSharp(NativePlatform platform, IEnumerable<string> folders) =>
        $"TorchSharp's native library was not found for {platform.RuntimeIdentifier}: none of these folders contains "
        + $"{platform.FileName("LibTorchSharp")}: {List(folders)}. The package TorchSharp supports linux-x64, win-x64, win-arm64 and "
        + "osx-arm64, and the build copies the library to the output folder. Build or publish the application for a supported platform, "
        + "and deploy all output files.";

    public static string VariableNamesNoFolder(string path, NativePlatform platform) =>
        $"The environment variable {NativeHost.Variable} names the folder '{path}', which does not exist. Set it to the folder that "
        + $"contains {platform.FileName("torch_cpu")}, such as the lib folder of torch in a Python installation, or unset it.";

    public static string VariableNamesNoLibTorch(LibTorchFolder folder, LibTorchFolder? inner, IEnumerable<string> required)
    {
        string remedy = inner is null
            ? $"the folder that contains {folder.Platform.FileName("torch_cpu")}"
            : $"'{inner.Folder}', which contains libtorch";
        return $"The environment variable {NativeHost.Variable} names the folder '{folder.Folder}', which contains no libtorch: it has "
            + $"none of {string.Join(", ", required.Select(folder.Platform.FileName))}. Set it to {remedy}, or unset it.";
    }

    public static string Incomplete(LibTorchFolder folder, IEnumerable<string> missing) =>
        $"{Subject(folder)} lacks {string.Join(", ", missing.Select(folder.Platform.FileName))}. Copy all files of libtorch "
        + $"{LibTorchFolder.ExpectedVersion} there" + (folder.IsFromVariable ? ", or set the variable to another folder." : ".");

    public static string SecondCopy(LibTorchFolder chosen, string probed)
    {
        string folder = Path.GetDirectoryName(probed)!;
        string remedy = chosen.IsFromVariable
            ? $"Build the application without a libtorch package (in this repository: -p:Pix2PixNatives=none), or delete libtorch's "
                + $"files from '{folder}', or unset {NativeHost.Variable} to use them."
            : $"Keep one: delete '{chosen.Folder}', or remove the libtorch package from the application and libtorch's files from "
                + $"'{folder}'.";
        return $"{Subject(chosen)} was selected, but TorchSharp would also load '{probed}', because .NET looks there first. A process "
            + $"with two copies of libtorch aborts. {remedy}";
    }

    public static string AlreadyLoaded(LibTorchFolder chosen, string loaded) =>
        $"{Subject(chosen)} was selected, but the process has already loaded '{loaded}'. A process with two copies of libtorch aborts. "
        + "Call TorchRuntime.Initialize() before anything else loads libtorch.";

    public static string WrongLibTorch(LibTorchFolder folder, IReadOnlyCollection<string> missing)
    {
        string version = folder.Version is { } found ? $"libtorch {found}" : "an unknown version of libtorch";
        var shown = missing.Order(StringComparer.Ordinal).Take(SymbolsShown);
        return $"{Subject(folder)} contains {version}, which is incompatible: TorchSharp needs libtorch {LibTorchFolder.ExpectedVersion}. "
            + $"Missing symbols: {missing.Count}, such as {string.Join(", ", shown)}. "
            + (folder.IsFromVariable ? "Set the variable to the folder of " : "Reference the package of ")
            + $"libtorch {LibTorchFolder.ExpectedVersion}.";
    }

    public static string NoStandardLibrary(string library) =>
        $"'{library}' needs {StandardLibrary.Name}, which cannot be loaded. Install the system's C++ library (Debian, Ubuntu: libstdc++6).";

    public static string OldStandardLibrary(string library, StandardLibrary present, IEnumerable<string> versions) =>
        $"'{library}' needs {string.Join(", ", versions)} of {StandardLibrary.Name}, but '{present.File}' only provides versions up to "
        + $"{present.Newest}. Use a newer distribution, such as Debian 13 or Ubuntu 24.04, or a newer libstdc++ through LD_LIBRARY_PATH.";

    public static string CopyNotWritten(string source, IEnumerable<string> failures) =>
        $"This system's {StandardLibrary.Name} is older than '{source}' requires, so a patched copy of that file is needed, but it cannot "
        + $"be written to {string.Join(" or ", failures)}. Set XDG_CACHE_HOME to a folder that only this user can write to.";

    public static string NotLoaded(string file, string message) =>
        $"The system's loader cannot load '{file}': {LoaderMessage(message)}. Restore the package or copy that the file comes from, and "
        + "install the libraries that the loader reports as missing.";

    public static string Damaged(string fault) =>
        $"{fault} The file is damaged or built for another platform; restore the package or copy that it comes from.";

    public static string Unreadable(string fault) => $"The native libraries cannot be read: {fault} Grant this user read access to them.";

    private static string Subject(LibTorchFolder folder) => folder.IsFromVariable
        ? $"The folder '{folder.Folder}' of the environment variable {NativeHost.Variable}"
        : $"The application's folder '{folder.Folder}'";

    private static string List(IEnumerable<string> folders) => string.Join(", ", folders.Select(folder => $"'{folder}'"));

    /// <summary>.NET's message has general advice on its first line and, on Linux and macOS, the loader's message on the next.</summary>
    private static string LoaderMessage(string message)
    {
        string[] lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (lines.Length > 1 ? string.Join("; ", lines.Skip(1).Distinct()) : message).TrimEnd('.');
    }
}
