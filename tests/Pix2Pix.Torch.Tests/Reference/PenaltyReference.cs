using System.Text.Json;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Reference;

/// <summary>A gradient penalty computed by PyTorch: reference/values/games.json.</summary>
internal sealed class PenaltyReference
{
    private readonly JsonElement _json;

    /// <param name="index">The index in the file.</param>
    public PenaltyReference(int index) => _json = ReferenceFile.Json("games.json").GetProperty("gradient_penalty")[index];

    public double Penalty => _json.GetProperty("penalty").GetDouble();

    public int Scales => _json.GetProperty("scales").GetInt32();

    /// <summary>The gradients of the parameters, in order.</summary>
    public IEnumerable<(string Name, JsonElement Stored)> Gradients
        => _json.GetProperty("gradients").EnumerateArray().Select(g => (g.GetProperty("name").GetString()!, g));

    public Tensor Shares()
    {
        var shares = _json.GetProperty("shares").Doubles();
        return tensor(shares, [shares.Length, 1, 1, 1]);
    }

    /// <summary>"input", "target" or "fake".</summary>
    public Tensor Images(string which)
    {
        var (count, side) = (_json.GetProperty("batch").GetInt64(), _json.GetProperty("size").GetInt64());
        return Drawing(which).Draw([count, 3, side, side]);
    }

    public Discriminator Discriminator()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var norm = Enum.Parse<NormKind>(_json.GetProperty("norm").GetString()!, ignoreCase: true);
        var options = new DiscriminatorOptions { Filters = _json.GetProperty("filters").GetInt32(), Norm = norm };
        var discriminator = new Discriminator(options, inputChannels: 3, imageChannels: 3, ReferenceNetworks.Float64);
        var drawing = Drawing("discriminator");
        foreach (var (name, parameter) in discriminator.named_parameters())
            parameter.copy_(drawing.DrawParameter(name, parameter.shape));
        return discriminator;
    }

    private ReferenceDrawing Drawing(string which) => new(_json.GetProperty("seeds").GetProperty(which).GetUInt32());
}
