using System.Collections;
using Microsoft.ML.Data;

namespace TrainingMemory;

/// <summary>Pairs of noise and its negative, drawn when a cursor reaches them and disposed when it moves on.</summary>
internal sealed class DrawnRows(int count, int size) : IEnumerable<Row>
{
    public IEnumerator<Row> GetEnumerator()
    {
        byte[] pixels = new byte[size * size * 4];
        for (int row = 0; row < count; row++)
        {
            new Random(row).NextBytes(pixels);
            using MLImage input = MLImage.CreateFromPixels(size, size, MLPixelFormat.Bgra32, pixels);
            for (int i = 0; i < pixels.Length; i++)
                pixels[i] ^= 255;
            using MLImage target = MLImage.CreateFromPixels(size, size, MLPixelFormat.Bgra32, pixels);
            yield return new Row { Input = input, Target = target };
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
