using Microsoft.ML;

namespace Pix2Pix.ML.Tests;

/// <summary>Keeps the shape that the stages before it announce: ML.NET shows a SchemaShape to estimators alone.</summary>
internal sealed class ShapeProbe : IEstimator<ITransformer>
{
    private readonly MLContext _context;

    public ShapeProbe(MLContext context) => _context = context;

    public SchemaShape? Shape { get; private set; }

    public ITransformer Fit(IDataView input) => _context.Transforms.CopyColumns("Probe", input.Schema[0].Name).Fit(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;
}
