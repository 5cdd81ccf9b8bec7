using System.Collections.Concurrent;
using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Data;

/// <summary>A source that is not an ImagePairs and records how it is read.</summary>
internal sealed class PairLists(IReadOnlyList<ImagePair> pairs, int? count = null, int? faultAt = null) : IPairSource
{
    public static Exception Fault { get; } = new IOException("The file is gone.");

    public int Count => count ?? pairs.Count;

    /// <summary>The number of readings that were started.</summary>
    public int Begun { get; private set; }

    /// <summary>The number of readings that ended, completely or early.</summary>
    public int Ended { get; private set; }

    /// <summary>The number of returned pairs. Their pixels become white, so that later use is detected.</summary>
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
