using Pix2Pix.Reporting;

namespace Pix2Pix.ML.Evaluation;

/// <summary>
/// The rows of the comparison page, from worst to best, in bounded memory: the worst rows are kept, and a selection of the others that is
/// spread over the scores.
/// </summary>
internal sealed class ComparedRows
{
    private readonly List<ComparedRow> _rows = [];
    private readonly ComparisonPageOptions _options;
    private readonly RowScore _score;

    public ComparedRows(ComparisonPageOptions options, RowScore score)
    {
        _options = options;
        _score = score;
    }

    public IReadOnlyList<ComparedRow> FromWorst => _rows;

    public void Add(RowComparison row)
    {
        var quality = row.Metrics.Quality(_score);
        var place = _rows.FindIndex(other => other.Quality > quality) is var better && better < 0 ? _rows.Count : better;
        _rows.Insert(place, new ComparedRow(row.Metrics, quality, row.Translation, row.Target));
        if (_rows.Count > _options.Rows)
        {
            var leaves = Superfluous();
            _rows.RemoveAt(leaves);
            if (leaves == place)
                return;
            place -= leaves < place ? 1 : 0;
        }

        _rows[place] = _rows[place] with
        {
            Translation = Thumbnail.Of(row.Translation, _options.ImageSide),
            Target = Thumbnail.Of(row.Target, _options.ImageSide),
        };
    }

    // Among the rows after the worse half and before the best row, the one whose neighbors are closest to each other.
    private int Superfluous()
        => Enumerable.Range(_options.Rows / 2, _rows.Count - 1 - (_options.Rows / 2)).MinBy(i => _rows[i + 1].Quality - _rows[i - 1].Quality);
}
