using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Quickstart;

/// <summary>A pair as a row of an <see cref="IDataView"/> with two columns of images.</summary>
internal sealed class PairRow
{
    public required MLImage Input { get; init; }

    public required MLImage Target { get; init; }

    /// <summary>A view over pairs: each pass reads them anew, one at a time.</summary>
    public static IDataView View(MLContext mlContext, IReadOnlyList<Pair> pairs)
    {
        // Without a size in the type, images of any size may come.
        SchemaDefinition schema = SchemaDefinition.Create(typeof(PairRow));
        schema[nameof(Input)].ColumnType = new ImageDataViewType();
        schema[nameof(Target)].ColumnType = new ImageDataViewType();
        return mlContext.Data.LoadFromEnumerable(Rows(pairs), schema);
    }

    private static IEnumerable<PairRow> Rows(IReadOnlyList<Pair> pairs)
    {
        foreach (Pair pair in pairs)
        {
            // The images belong to this row; they go when the reader asks for the next one.
            var (input, target) = pair.Load();
            using MLImage inputImage = Pictures.ToMLImage(input), targetImage = Pictures.ToMLImage(target);
            yield return new PairRow { Input = inputImage, Target = targetImage };
        }
    }
}
