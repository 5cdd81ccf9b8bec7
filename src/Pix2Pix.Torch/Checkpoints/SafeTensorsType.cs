using static TorchSharp.torch;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>The data types that safetensors and TorchSharp share.</summary>
internal static class SafeTensorsType
{
    private static readonly (string Name, ScalarType Type, int Size)[] All =
    [
        ("F64", ScalarType.Float64, 8),
        ("I64", ScalarType.Int64, 8),
        ("F32", ScalarType.Float32, 4),
        ("I32", ScalarType.Int32, 4),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I16", ScalarType.Int16, 2),
        ("U8", ScalarType.Byte, 1),
        ("I8", ScalarType.Int8, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>All names, for error messages.</summary>
    public static string Names => string.Join(", ", All.Select(t => t.Name));

    /// <summary>The name of a type in the file.</summary>
    public static string NameOf(ScalarType type) => All.Single(t => t.Type == type).Name;

    /// <summary>The size of a value in bytes, or null if the type is unknown.</summary>
    public static int? SizeOf(string name) => All.Where(t => t.Name == name).Select(t => (int?)t.Size).FirstOrDefault();

    /// <summary>The type with this name.</summary>
    public static ScalarType Of(string name) => All.Single(t => t.Name == name).Type;
}
