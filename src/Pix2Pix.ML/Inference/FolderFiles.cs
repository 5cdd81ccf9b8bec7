using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>An image and the PNG file for its translation, as full paths.</summary>
internal readonly record struct FolderFile(string From, string To);

/// <summary>The images of a folder and the output paths of their translations.</summary>
internal sealed class FolderFiles
{
    /// <summary>Finds the images; no image is read and nothing is written.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="ArgumentException">
    /// The folders are the same, there are no images, or the translations of some images would have the same name or replace an image; the
    /// message names all of them.
    /// </exception>
    public FolderFiles(string from, string to)
    {
        (from, Folder) = (Path.GetFullPath(from), Path.GetFullPath(to));
        if (!Directory.Exists(from))
            throw new DirectoryNotFoundException($"The folder '{from}' does not exist; expected a folder with images.");
        if (RealPath.Same(from, Folder))
            throw new ArgumentException($"The translations would overwrite the images in '{from}'; choose another output folder.", nameof(to));
        All = [.. ImageFiles.In(from).Select(image => new FolderFile(image, Path.Combine(Folder, $"{Path.GetFileNameWithoutExtension(image)}.png")))];
        if (All.Count == 0)
            throw new ArgumentException($"The folder '{from}' contains no images; expected BMP, GIF, JPEG, PNG or WebP files.", nameof(from));
        CheckNames();
        CheckLinks();
    }

    /// <summary>The output folder, which may not exist yet.</summary>
    public string Folder { get; }

    /// <summary>All files, sorted by name; at least one.</summary>
    public IReadOnlyList<FolderFile> All { get; }

    // An image may be a link to a file in the output folder, which the translation of any image might replace.
    private void CheckLinks()
    {
        if (Linked() is not { Count: > 0 } linked)
            return;
        var folder = RealPath.Of(Folder);
        var written = All.Select(file => Path.Combine(folder, Path.GetFileName(file.To))).ToHashSet();
        string[] same = [.. linked.Where(link => written.Contains(link.Target)).Select(link => $"{link.File} -> {link.Target}")];
        if (same.Length > 0)
        {
            throw new ArgumentException(
                $"The translations would overwrite {Pluralize.Of(same.Length, "input image")} that the folder links to; choose another " +
                "output folder:\n  " +
                string.Join("\n  ", same));
        }
    }

    // A broken or cyclic link is an unreadable image, which is skipped later.
    private List<(string File, string Target)> Linked()
    {
        List<(string, string)> links = [];
        foreach (var file in All.Where(file => new FileInfo(file.From).LinkTarget is not null))
        {
            try
            {
                links.Add((file.From, RealPath.Of(file.From)));
            }
            catch (IOException)
            {
            }
        }

        return links;
    }

    // Checked on every file system: files copied to a case-insensitive file system later would overwrite each other.
    private void CheckNames()
    {
        string[] same =
        [
            .. All.GroupBy(file => file.To, StringComparer.OrdinalIgnoreCase).Where(files => files.Count() > 1)
                .Select(files => $"{string.Join(" and ", files.Select(file => Path.GetFileName(file.From)))}: {Path.GetFileName(files.Key)}"),
        ];
        if (same.Length > 0)
        {
            throw new ArgumentException(
                "Some images differ only in their extension or in letter case, so their translations would have the same name. Rename " +
                $"them:\n  {string.Join("\n  ", same)}");
        }
    }
}
