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

/// <summary>The style sheet of the page, for light and dark color schemes and for large and small screens.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --ink: #22262b; --soft: #5c6670; --paper: #f7f6f3; --card: #fff; --line: #00000020; --good: #2c7a50; --bad: #b3261e;
          --hint: #fff4d6; --c1: #c2571a; --c2: #2667b8; --c3: #2c8a57; --c4: #8a4fb0;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ink: #e6e4df; --soft: #a3abb3; --paper: #16181b; --card: #202327; --line: #ffffff26; --good: #6fcf9a; --bad: #ff8a80;
            --hint: #3a3115; --c1: #f0955a; --c2: #76aef2; --c3: #63c690; --c4: #c79be6;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 1080px; margin: 0 auto; padding: 1.6rem 1rem 4rem; }
        h1 { font-size: 1.6rem; margin: 0; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
        p { margin: .3rem 0; }
        a { color: var(--c2); }
        .state { display: inline-block; border: 1px solid currentColor; border-radius: 99px; padding: 0 .7rem; font-size: .85rem; }
        .Running { color: var(--c2); } .Finished { color: var(--good); } .Stopped { color: var(--soft); } .Failed { color: var(--bad); }
        .bar { height: 8px; border-radius: 4px; background: var(--line); overflow: hidden; margin: .7rem 0; }
        .bar i { display: block; height: 100%; background: var(--c2); }
        .note, figcaption, .figures p { color: var(--soft); font-size: .85rem; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .7rem; margin: 1rem 0 0; }
        .figures div, .charts figure, .samples, .failure { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem; }
        .figures p { margin: 0; line-height: 1.35; }
        dt { color: var(--soft); font-size: .85rem; }
        dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
        .hints { list-style: none; padding: 0; margin: 0; display: grid; gap: .6rem; }
        .hints li { background: var(--hint); border-left: 4px solid var(--c1); border-radius: 4px; padding: .6rem .9rem; }
        .hints b { display: block; }
        .failure { border-color: var(--bad); white-space: pre-line; overflow-wrap: anywhere; }
        .samples { display: grid; grid-template-columns: repeat(var(--columns), 1fr); gap: 4px; padding: .6rem; }
        .samples span { color: var(--soft); font-size: .78rem; text-align: center; line-height: 1.3; }
        .samples img { width: 100%; height: auto; display: block; border-radius: 3px; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr)); gap: .7rem; }
        .charts figure { margin: 0; padding: .6rem .6rem .3rem; }
        .charts p { margin: 0 0 .3rem .4rem; }
        .charts figcaption { color: var(--ink); font-weight: 600; font-size: .95rem; }
        svg { width: 100%; height: auto; display: block; }
        svg text { fill: var(--soft); font-size: 12px; font-family: inherit; }
        svg text.name { fill: var(--ink); }
        polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .faint { stroke-width: 1; opacity: .3; }
        .swatch { stroke-width: 3; }
        .grid { stroke: var(--line); }
        .reference { stroke: var(--soft); stroke-dasharray: 4 4; }
        polyline.c1, line.c1 { stroke: var(--c1); } polyline.c2, line.c2 { stroke: var(--c2); }
        polyline.c3, line.c3 { stroke: var(--c3); } polyline.c4, line.c4 { stroke: var(--c4); }
        circle.c1 { fill: var(--c1); } circle.c2 { fill: var(--c2); } circle.c3 { fill: var(--c3); } circle.c4 { fill: var(--c4); }
        .tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); gap: 0 1.6rem; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
        th { font-weight: 400; color: var(--soft); }
        h3 { font-size: 1rem; margin: 1rem 0 .2rem; }
        summary { cursor: pointer; color: var(--soft); font-size: .9rem; padding: .3rem 0; }
        @media (max-width: 600px) { .samples .between { display: none; } .samples { grid-template-columns: repeat(var(--few), 1fr); } }
        """;
}
