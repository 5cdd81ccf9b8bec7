using System.Collections.Concurrent;
using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Data;

/// <summary>A source that is read anew each time, without the kept pairs' type; and says what happens to it.</summary>
internal sealed class PairLists(IReadOnlyList<ImagePair> pairs, int? count = null, int? faultAt = null) : IPairSource
{
    public static Exception Fault { get; } = new IOException("The file is gone.");

    public int Count => count ?? pairs.Count;

    /// <summary>Readings begun.</summary>
    public int Begun { get; private set; }

    /// <summary>Readings ended, at the end or before.</summary>
    public int Ended { get; private set; }

    /// <summary>Pairs that were given back; whoever still looks at one sees white.</summary>
    public ConcurrentBag<ImagePair> Returned { get; } = [];

    public IEnumerable<ImagePair> Read(CancellationToken cancel)
    {
        Begun++;
        try
        {
            for (var i = 0; i < pairs.Count; i++)
            {
                if (i == faultAt)
                    throw Fault;
                yield return new ImagePair(Copy(pairs[i].Input), Copy(pairs[i].Target));
            }
        }
        finally
        {
            Ended++;
        }
    }

    public void Return(ImagePair pair)
    {
        Array.Fill(pair.Input.Pixels, (byte)255);
        Array.Fill(pair.Target.Pixels, (byte)255);
        Returned.Add(pair);
    }

    private static PixelImage Copy(PixelImage image) => image.Crop(0, 0, image.Width, image.Height);
}
