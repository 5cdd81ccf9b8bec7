namespace Quickstart;

/// <summary>How the report looks, in light and dark.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --ink: #22262b; --soft: #667; --paper: #fbfaf8; --card: #fff; --line: #0002; --d: #c2571a; --g: #2667b8; --l: #2c8a57;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ink: #e6e4df; --soft: #9aa; --paper: #17191c; --card: #202327; --line: #fff2; --d: #f0955a; --g: #76aef2; --l: #63c690;
          }
        }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 1000px; margin: 0 auto; padding: 2rem 1rem 4rem; }
        h1 { font-size: 1.8rem; margin: 0; }
        h1 span { color: var(--soft); font-weight: 400; }
        h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
        figure { margin: 0; }
        .note, figcaption, .figures p { color: var(--soft); font-size: .82rem; margin: .2rem 0 0; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .8rem; margin: 1.4rem 0 0; }
        .figures div, .rows figure, .charts figure {
          background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem;
        }
        dt { color: var(--soft); font-size: .85rem; }
        dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
        .rows, .charts, .tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(430px, 100%), 1fr)); gap: .8rem; }
        .rows img { width: 33%; height: auto; margin-right: .33%; border-radius: 3px; vertical-align: top; }
        .rows span { float: right; }
        svg { width: 100%; height: auto; display: block; }
        svg text { fill: var(--soft); font-size: 12px; font-family: inherit; }
        polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .faint { stroke-width: 1; opacity: .25; }
        .grid { stroke: var(--line); }
        polyline.d { stroke: var(--d); } polyline.g { stroke: var(--g); } polyline.l { stroke: var(--l); }
        svg text.d { fill: var(--d); } svg text.g { fill: var(--g); } svg text.l { fill: var(--l); }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); }
        th { font-weight: 400; color: var(--soft); }
        """;
}
