using System.Collections;
using Microsoft.ML.Data;

namespace EvaluationCost;

/// <summary>Pairs, each made into images when a reader comes to it and disposed of when it goes on.</summary>
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
