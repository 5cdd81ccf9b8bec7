using Microsoft.ML;
using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>Pairs that do not fit in memory: each pass opens a cursor and decodes them again.</summary>
internal sealed class StreamedPairs : IPairSource
{
    private readonly IDataView _view;
    private readonly PairColumns _columns;
    private readonly DatasetRole _purpose;
    private readonly PairPreparation _preparation;
    private readonly DatasetIndex _ledger;
    private readonly PixelPool _pool = new();

    /// <param name="view">The rows.</param>
    /// <param name="columns">The columns that contain the pairs.</param>
    /// <param name="purpose">Defines which rows are used.</param>
    /// <param name="preparation">Prepares each pair.</param>
    /// <param name="ledger">The index from the first pass.</param>
    public StreamedPairs(IDataView view, PairColumns columns, DatasetRole purpose, PairPreparation preparation, DatasetIndex ledger)
    {
        _view = view;
        _columns = columns;
        _purpose = purpose;
        _preparation = preparation;
        _ledger = ledger;
    }

    public int Count => _ledger.Count;

    /// <summary>The fingerprint, equal to that of the same pairs in memory.</summary>
    public string Fingerprint => _ledger.Fingerprint;

    /// <exception cref="PairDataException">A row has changed since the first pass.</exception>
    public IEnumerable<ImagePair> Read(CancellationToken cancel)
        => SecondPass.Read(_view, _columns, _purpose, _ledger, _preparation.Prepare, _ => true, cancel).Select(_pool.Keep);

    public void Return(ImagePair pair) => _pool.Return(pair);
}
