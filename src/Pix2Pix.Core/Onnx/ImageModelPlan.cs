


namespace Pix2Pix.Onnx;

/// <summary>Determines how to adapt a model that was trained with other tools, from the model itself and from the options.</summary>
internal sealed class ImageModelPlan
{
    private const int DefaultSide = 256;
    private const int DefaultSideStep = 4; // two halvings
    private const int LeastOpset = 9;

    private readonly OnnxModel _model;
    private readonly ImageModelOptions _options;
    private readonly GeneratorOptions? _known; // set if this library exported the network alone

    public ImageModelPlan(OnnxModel model, ImageModelOptions options)
    {
        (_model, _options, _known) = (model, options, Generator(model));
        if (model.Opset < LeastOpset)
            throw new InvalidDataException($"The ONNX model has opset {model.Opset}; expected {LeastOpset} or later. Export it again " +
                "with a newer opset.");

        var (input, output) = (FindInput(), FindOutput());
        (InputName, OutputName) = (input.Name, output.Name);
        var (inputLayout, foundOutputLayout) = (LayoutOf(input), LayoutOf(output));
        var layout = options.Layout ?? inputLayout ?? foundOutputLayout ?? throw Ambiguous(input);
        var outputLayout = options.Layout ?? foundOutputLayout ?? layout;
        var order = options.Colors ?? ImageMetadata.Order(model.Metadata) ?? ColorOrder.Rgb;
        var inputRange = Range(input, options.InputRange, ImageMetadata.Range(model.Metadata), nameof(ImageModelOptions.InputRange));
        Input = new PixelEncoding(_known?.Input ?? ChannelsOf(input, layout), inputRange, layout, order, input.Type);
        Output = new PixelEncoding(
            _known?.Output ?? ChannelsOf(output, outputLayout),
            Range(output, options.OutputRange, input.Type == OnnxType.UInt8 ? null : inputRange, nameof(ImageModelOptions.OutputRange)),
            outputLayout,
            order,
            output.Type);
        Shape = ShapeOf(input, layout, output.Length(0) == 1);
        CheckSize(output, outputLayout);
    }

    public string InputName { get; }

    public string OutputName { get; }

    public PixelEncoding Input { get; }

    public PixelEncoding Output { get; }

    public ModelShape Shape { get; }

    private string Signature
        => $"Inputs: {string.Join(", ", Inputs.Select(value => value.ToString()))}; outputs: " +
            $"{string.Join(", ", _model.Outputs.Select(value => value.ToString()))}.";

    // Older files also list constants among the inputs.
    private IEnumerable<OnnxValue> Inputs
    {
        get
        {
            var constants = _model.Constants.Select(constant => constant.Name).ToHashSet();
            return _model.Inputs.Where(input => !constants.Contains(input.Name));
        }
    }

    private static GeneratorOptions? Generator(OnnxModel model)
        => model.Metadata.FirstOrDefault(pair => pair.Key == OnnxNames.Generator).Value is { } json
            ? OptionsJson.Read(json, GeneratorOptions.Default)
            : null;

    private static bool IsImage(OnnxValue value)
        => value.Dimensions.Length == 4 && value.Type is OnnxType.Float or OnnxType.Half or OnnxType.UInt8;

    private static ImageLayout? LayoutOf(OnnxValue value) => (IsCount(value.Length(1)), IsCount(value.Length(3))) switch
    {
        (true, false) => ImageLayout.ChannelsFirst,
        (false, true) => ImageLayout.ChannelsLast,
        _ => null,
    };

    private static bool IsCount(long? channels) => channels is 1 or 2 or 3 or 4;

    private static ValueRange Range(OnnxValue value, ValueRange? option, ValueRange? metadata, string name)
    {
        if (value.Type != OnnxType.UInt8)
            return option ?? metadata ?? ValueRange.SignedUnit;
        return option is null || option == ValueRange.Bytes
            ? ValueRange.Bytes
            : throw new ArgumentException(
                $"{name} is set, but the ONNX model's tensor {value} contains bytes; a range applies to floating-point tensors only. " +
                $"Leave {name} null.");
    }

    private static (int Height, int Width) Axes(ImageLayout layout) => layout == ImageLayout.ChannelsFirst ? (2, 3) : (1, 2);

    private OnnxValue FindInput() => Inputs.ToArray() is [var input] && IsImage(input)
        ? input
        : throw new InvalidDataException($"The ONNX model is not an image-to-image model. {Signature} Expected one input with four " +
            "dimensions and type float, float16 or uint8.");

    private OnnxValue FindOutput()
    {
        if (_options.OutputName is { } name)
        {
            return _model.Outputs.FirstOrDefault(output => output.Name == name && IsImage(output)) ?? throw new ArgumentException(
                $"The ONNX model has no output '{name}' with four dimensions and type float, float16 or uint8. {Signature} Choose " +
                $"another {nameof(ImageModelOptions.OutputName)}.");
        }

        return _model.Outputs.Where(IsImage).ToArray() is [var output]
            ? output
            : throw new InvalidDataException($"The ONNX model is not an image-to-image model, or has several image outputs. {Signature} " +
                "Expected one output with four dimensions and type float, float16 or uint8; choose one with " +
                $"{nameof(ImageModelOptions.OutputName)}.");
    }

    private ImageChannels ChannelsOf(OnnxValue value, ImageLayout layout)
        => value.Length(layout == ImageLayout.ChannelsFirst ? 1 : 3) switch
        {
            1 => ImageChannels.Gray,
            3 => ImageChannels.Rgb,
            4 => ImageChannels.Rgba,
            _ => throw new InvalidDataException(
                $"The ONNX model's tensor {value} does not have 1, 3 or 4 channels in layout {layout}. {Signature} Set " +
                $"{nameof(ImageModelOptions.Layout)} if the model uses the other layout."),
        };

    private ModelShape ShapeOf(OnnxValue input, ImageLayout layout, bool outputsOne)
    {
        var (height, width) = Axes(layout);
        var batch = input.Length(0);
        if (batch > 1)
            throw new InvalidDataException($"The ONNX model has a fixed batch size of {batch}. {Signature} Expected 1 or a dynamic batch " +
                "size. Export it again.");
        return new ModelShape
        {
            Width = Side(input, width, _options.Width, _known?.Width, nameof(ImageModelOptions.Width)),
            Height = Side(input, height, _options.Height, _known?.Height, nameof(ImageModelOptions.Height)),
            Input = Input.Channels,
            Output = Output.Channels,
            IsFixed = input.Length(width) is not null || input.Length(height) is not null,
            SideStep = _options.SideStep ?? _known?.SideStep ?? DefaultSideStep,
            LeastSide = _options.SideStep ?? _known?.LeastSide ?? DefaultSideStep,
            TakesOne = batch == 1 || outputsOne,
        };
    }

    private static int Side(OnnxValue input, int axis, int? option, int? known, string name)
    {
        if (input.Length(axis) is not { } side)
            return option ?? known ?? DefaultSide;
        if (option is { } wanted && wanted != side)
            throw new ArgumentException($"{name} is {wanted}, but the ONNX model's input is {input}. Leave {name} null.");
        return side <= ModelShape.MaxSide
            ? (int)side
            : throw new InvalidDataException($"The ONNX model's input is {input}; expected sides of at most {ModelShape.MaxSide}.");
    }

    private void CheckSize(OnnxValue output, ImageLayout layout)
    {
        var (height, width) = Axes(layout);
        if ((output.Length(height) ?? Shape.Height) != Shape.Height || (output.Length(width) ?? Shape.Width) != Shape.Width)
        {
            throw new InvalidDataException(
                $"The ONNX model's output size differs from its input size. {Signature} Expected equal sizes; models that change the " +
                "image size are not supported.");
        }
    }

    private InvalidDataException Ambiguous(OnnxValue input)
        => new($"The channel dimension of the ONNX model's input {input} is ambiguous. Set {nameof(ImageModelOptions.Layout)}.");
}
