using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Quickstart;

/// <summary>A pair as a row of an <see cref="IDataView"/>.</summary>
internal sealed class PairRow
{
    public required string Name { get; init; }

    public required MLImage Input { get; init; }

    public required MLImage Target { get; init; }

    /// <summary>A view over pairs: each pass reads them anew, one at a time.</summary>
    public static IDataView View(MLContext mlContext, IReadOnlyList<Pair> pairs)
    {
        // For images ML.NET knows only the attribute [ImageType(height, width)], which fixes the size.
        DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage));
        return mlContext.Data.LoadFromEnumerable(Rows(pairs));
    }

    private static IEnumerable<PairRow> Rows(IReadOnlyList<Pair> pairs)
    {
        foreach (Pair pair in pairs)
        {
            // The images belong to this row; they go when the reader asks for the next one.
            var (input, target) = pair.Load();
            using MLImage inputImage = Pictures.ToMLImage(input), targetImage = Pictures.ToMLImage(target);
            yield return new PairRow { Name = pair.Name, Input = inputImage, Target = targetImage };
        }
    }
}
