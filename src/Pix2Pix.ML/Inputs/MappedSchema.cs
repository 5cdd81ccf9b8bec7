using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Inputs;

/// <summary>A schema with the computed column behind it, and rows of it. ML.NET compares schemas by reference: bind once, use everywhere.</summary>
internal sealed class MappedSchema : IRowToRowMapper
{
    private readonly int _computed;

    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public MappedSchema(DataViewSchema input, ImageMapping mapping)
    {
        ColumnCheck.Images(input, [mapping.Input], mapping.Verb);
        Mapping = mapping;
        Input = input;
        InputColumn = input[mapping.Input];
        _computed = input.Count;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(mapping.Output, mapping.KeepsSize ? InputColumn.Type : new ImageDataViewType());
        Output = builder.ToSchema();
    }

    public ImageMapping Mapping { get; }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>The column to compute from, in <see cref="Input"/>.</summary>
    public DataViewSchema.Column InputColumn { get; }

    DataViewSchema IRowToRowMapper.InputSchema => Input;

    DataViewSchema IRowToRowMapper.OutputSchema => Output;

    /// <summary>Whether a column of <see cref="Output"/> is the computed one.</summary>
    public bool IsComputed(DataViewSchema.Column column) => column.Index == _computed;

    /// <summary>The input's columns that these of the output need.</summary>
    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => dependingColumns.Select(column => IsComputed(column) ? InputColumn : Input[column.Index]).DistinctBy(column => column.Index);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        if (input.Schema != Input)
            throw new ArgumentException("The row has another schema than this mapper was made for.", nameof(input));
        return new MappedRow(input, this, activeColumns.Any(IsComputed));
    }
}
