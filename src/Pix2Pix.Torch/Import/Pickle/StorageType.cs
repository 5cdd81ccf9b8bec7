using static TorchSharp.torch;

namespace Pix2Pix.Torch.Import.Pickle;

/// <summary>PyTorch's classes of stored numbers.</summary>
internal static class StorageType
{
    private static readonly (string Name, ScalarType Type, int Size)[] All =
    [
        ("DoubleStorage", ScalarType.Float64, 8),
        ("FloatStorage", ScalarType.Float32, 4),
        ("HalfStorage", ScalarType.Float16, 2),
        ("BFloat16Storage", ScalarType.BFloat16, 2),
        ("LongStorage", ScalarType.Int64, 8),
        ("IntStorage", ScalarType.Int32, 4),
        ("ShortStorage", ScalarType.Int16, 2),
        ("CharStorage", ScalarType.Int8, 1),
        ("ByteStorage", ScalarType.Byte, 1),
        ("BoolStorage", ScalarType.Bool, 1),
    ];

    /// <summary>All names, for the list of what is allowed.</summary>
    public static IEnumerable<string> Names => All.Select(t => t.Name);

    /// <summary>The numbers of a class, by its name in the module torch.</summary>
    public static ScalarType Of(string name) => All.Single(t => t.Name == name).Type;

    /// <summary>The bytes of a number.</summary>
    public static int SizeOf(ScalarType type) => All.Single(t => t.Type == type).Size;
}
