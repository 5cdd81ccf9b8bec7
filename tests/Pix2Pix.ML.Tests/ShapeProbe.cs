using Microsoft.ML;

namespace Pix2Pix.ML.Tests;

/// <summary>Records the SchemaShape of the preceding stages, which ML.NET shows only to estimators.</summary>
internal sealed class ShapeProbe : IEstimator<ITransformer>
{
    private readonly MLContext _context;

    public ShapeProbe(MLContext context) => _context = context;

    public SchemaShape? Shape { get; private set; }

    public ITransformer Fit(IDataView input) => _context.Transforms.CopyColumns("Probe", input.Schema[0].Name).Fit(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;
}
