using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Pix2Pix.Reporting;

/// <summary>
/// Markup from interpolated strings: what is written is markup, what is inserted is text and is escaped, numbers in the invariant culture.
/// So nothing can be forgotten.
/// </summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _markup = new();

    /// <summary>Appends markup with texts inside.</summary>
    public HtmlBuilder Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup; // it has written itself
        return this;
    }

    /// <summary>Appends what another builder holds.</summary>
    public HtmlBuilder Add(HtmlBuilder other)
    {
        _markup.Append(other._markup);
        return this;
    }

    public override string ToString() => _markup.ToString();

    /// <summary>An interpolated string on its way into the builder.</summary>
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
