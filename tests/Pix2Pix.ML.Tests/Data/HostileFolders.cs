using System.Text;

namespace Pix2Pix.ML.Tests.Data;

/// <summary>Two folders with a thousand files, some with faults of every kind, and the expected message for each faulty file.</summary>
internal sealed class HostileFolders
{
    private readonly Dictionary<string, string> _expected = [];
    private int _count;

    public HostileFolders(string root)
    {
        (Inputs, Targets) = (Path.Combine(root, "inputs"), Path.Combine(root, "targets"));
        Directory.CreateDirectory(Inputs);
        Directory.CreateDirectory(Targets);
        for (var round = 0; round < 4; round++)
            AddFaults();
        while (Files < 1000)
            AddGood();
        AddWhatIsIgnored();
    }

    public string Inputs { get; }

    public string Targets { get; }

    public int Files => Directory.GetFiles(Inputs).Length + Directory.GetFiles(Targets).Length;

    /// <summary>The kinds of faults.</summary>
    public int Kinds { get; private set; }

    public int Good { get; private set; }

    /// <summary>The faulty files, and a part of the message for each.</summary>
    public IReadOnlyDictionary<string, string> Expected => _expected;

    private void AddFaults()
    {
        Kinds = 0;
        const string NoImage = "is not an image that can be decoded", Truncated = "is truncated";
        Input([], "is empty", ".png");
        Input(Part(ImageBytes.Jpeg(_count, 64, 48)), Truncated, ".jpg");
        Input(Part(ImageBytes.Png(_count)), Truncated, ".png");
        Input(Part(ImageBytes.WebP(_count, 64, 48)), Truncated, ".webp");
        Input(Part(ImageBytes.Bmp(_count)), Truncated, ".bmp");
        Input(ImageBytes.Jpeg(_count)[..^2], Truncated, ".JPEG"); // all pixels, no end
        Input(Encoding.UTF8.GetBytes("no image"), NoImage, ".png");
        Input(Encoding.UTF8.GetBytes("<html><body>404 Not Found</body></html>"), "is an HTML page instead of an image", ".jpg");
        Input(ImageBytes.Damaged(ImageBytes.Png(_count)), "is ", ".png");
        Input(ImageBytes.Png(_count)[..8], "is truncated or damaged", ".png");
        Input(new byte[1000], NoImage, ".webp");
        Input(Random(), NoImage, ".gif");
        Input(ImageBytes.PngBomb(60_000, 60_000), "is 60000x60000, more than", ".png");
        Input(ImageBytes.Png16(), "has 16 bits per channel", ".png");
        Input(ImageBytes.Png(_count), "has the unsupported format '.tif'", ".tif");
        Input(ImageBytes.Jpeg(_count), "has the unsupported format '.HEIC'", ".HEIC");
        Input(ImageBytes.Png(_count, 17), "is 17x12, and its target", ".png");
        Input(ImageBytes.Turned(6, ImageBytes.Jpeg(_count)), "is 12x16, and its target", ".jpg");
        Target(Part(ImageBytes.Png(_count)), Truncated);
        WithoutPartner(Inputs, ImageBytes.Png(_count), "has no target: no image in");
        WithoutPartner(Targets, ImageBytes.Bmp(_count), "has no input: no image in");
        WithoutPartner(Inputs, Part(ImageBytes.Png(_count)), "is truncated, and it has no target");
        Twins();
        OtherCase();
        Dangling();
    }

    private void Input(byte[] bytes, string reason, string ending)
    {
        var stem = Stem();
        Expect(Write(Inputs, stem + ending, bytes), reason);
        Write(Targets, $"{stem}.png", ImageBytes.Png(_count));
    }

    private void Target(byte[] bytes, string reason)
    {
        var stem = Stem();
        Write(Inputs, $"{stem}.jpg", ImageBytes.Jpeg(_count));
        Expect(Write(Targets, $"{stem}.png", bytes), reason);
    }

    private void WithoutPartner(string folder, byte[] bytes, string reason) => Expect(Write(folder, $"{Stem()}.png", bytes), reason);

    private void Twins()
    {
        var stem = Stem();
        const string Reason = "has the same name without extension as";
        Expect(Write(Inputs, $"{stem}.jpg", ImageBytes.Jpeg(_count)), $"{Reason} '{stem}.png'; expected unique names");
        Expect(Write(Inputs, $"{stem}.png", ImageBytes.Png(_count)), $"{Reason} '{stem}.jpg'; expected unique names", isNewKind: false);
        Write(Targets, $"{stem}.png", ImageBytes.Png(_count));
    }

    private void OtherCase()
    {
        var stem = Stem();
        Expect(Write(Inputs, $"{stem}_x.png", ImageBytes.Png(_count)), $"(one is named '{stem}_X')");
        Expect(Write(Targets, $"{stem}_X.png", ImageBytes.Png(_count)), $"(one is named '{stem}_x')", isNewKind: false);
    }

    private void Dangling()
    {
        var stem = Stem();
        var link = Path.Combine(Inputs, $"{stem}.png");
        File.CreateSymbolicLink(link, "gone.png");
        Expect(link, "does not exist");
        Write(Targets, $"{stem}.png", ImageBytes.Png(_count));
    }

    private void AddGood()
    {
        var stem = Stem();
        Write(Inputs, $"{stem}.PNG", ImageBytes.Png(_count));
        var turned = ImageBytes.Turned(8, ImageBytes.Jpeg(_count, 12, 16));
        Write(Targets, $"{stem}.jpg", Good % 5 == 0 ? turned : ImageBytes.Jpeg(_count));
        Good++;
    }

    private void AddWhatIsIgnored()
    {
        Write(Inputs, "notes.txt", Encoding.UTF8.GetBytes("a note"));
        Write(Targets, "Thumbs.db", [1, 2, 3]);
        Directory.CreateDirectory(Path.Combine(Inputs, "below.png"));
        Write(Path.Combine(Inputs, "below.png"), "a.png", []);
    }

    private void Expect(string path, string reason, bool isNewKind = true)
    {
        _expected.Add(path, reason);
        Kinds += isNewKind ? 1 : 0;
    }

    private string Stem() => $"file {++_count:0000} ü";

    private byte[] Random()
    {
        var bytes = new byte[500];
        new Random(_count).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Part(byte[] bytes) => bytes[..(bytes.Length * 3 / 5)];

    private static string Write(string folder, string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
