using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

// StockReader MODEL.zip INPUT_COLUMN OUTPUT_COLUMN IMAGE...: prints the hash of each translation's pixels.
var mlContext = new MLContext();
var model = mlContext.Model.Load(args[0], out _);
using var owned = model as IDisposable; // its ONNX file in the temporary folder
var rows = args.Skip(3).Select(path => new Row { Image = MLImage.CreateFromFile(path) }).ToArray();
var renamed = SchemaDefinition.Create(typeof(Row));
renamed[nameof(Row.Image)].ColumnName = args[1];
var translated = model.Transform(mlContext.Data.LoadFromEnumerable(rows, renamed));

var column = translated.Schema[args[2]];
using var cursor = translated.GetRowCursor([column]);
var getter = cursor.GetGetter<MLImage>(column);
while (cursor.MoveNext())
{
    MLImage image = null!;
    getter(ref image);
    Console.WriteLine($"{image.Width}x{image.Height} {image.PixelFormat} {Convert.ToHexString(SHA256.HashData(image.Pixels))}");
}

internal sealed class Row
{
    [ImageType(1, 1)] // a declared size is not enforced
    public required MLImage Image { get; set; }
}
