using System.Collections;
using Microsoft.ML.Data;

namespace EvaluationCost;

/// <summary>Pairs whose images are created when a cursor reaches them and disposed when it moves on.</summary>
internal sealed class DrawnRows(int count, DrawnPair[] pairs) : IEnumerable<Row>
{
    public IEnumerator<Row> GetEnumerator()
    {
        for (int row = 0; row < count; row++)
        {
            DrawnPair pair = pairs[row % pairs.Length];
            using MLImage output = DrawnPair.Image(pair.Output);
            using MLImage target = DrawnPair.Image(pair.Target);
            yield return new Row { Output = output, Target = target };
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
