using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Pix2Pix.Reporting;

/// <summary>
/// Builds markup from interpolated strings. Literal parts are markup; inserted values are text and are always escaped. Numbers are
/// formatted with the invariant culture.
/// </summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _markup = new();

    /// <summary>Appends markup with inserted texts.</summary>
    public HtmlBuilder Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup; // the handler has already appended it
        return this;
    }

    /// <summary>Appends the contents of another builder.</summary>
    public HtmlBuilder Add(HtmlBuilder other)
    {
        _markup.Append(other._markup);
        return this;
    }

    public override string ToString() => _markup.ToString();

    /// <summary>The interpolated string handler that appends to the builder.</summary>
    [InterpolatedStringHandler]
    public readonly struct Markup
    {
        private readonly StringBuilder _builder;

        public Markup(int literalLength, int formattedCount, HtmlBuilder builder)
        {
            _ = formattedCount;
            _builder = builder._markup;
            _builder.EnsureCapacity(_builder.Length + literalLength);
        }

        public void AppendLiteral(string markup) => _builder.Append(markup);

        public void AppendFormatted<T>(T value) => AppendFormatted(value, format: null);

        public void AppendFormatted<T>(T value, string? format) => _builder.Append(WebUtility.HtmlEncode(
            value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()));
    }
}
