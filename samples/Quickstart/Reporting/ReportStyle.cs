namespace Quickstart;

/// <summary>How the report looks, in light and dark.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --ink: #22262b; --soft: #667; --paper: #fbfaf8; --card: #fff; --line: #0002; --link: #2667b8;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ink: #e6e4df; --soft: #9aa; --paper: #17191c; --card: #202327; --line: #fff2; --link: #76aef2;
          }
        }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 1000px; margin: 0 auto; padding: 2rem 1rem 4rem; }
        h1 { font-size: 1.8rem; margin: 0; }
        h1 span { color: var(--soft); font-weight: 400; }
        h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
        a { color: var(--link); }
        figure { margin: 0; }
        figcaption, .figures p { color: var(--soft); font-size: .82rem; margin: .2rem 0 0; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .8rem; margin: 1.4rem 0 0; }
        .figures div, .rows figure {
          background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem;
        }
        dt { color: var(--soft); font-size: .85rem; }
        dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
        .rows, .tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(430px, 100%), 1fr)); gap: .8rem; }
        .rows img { width: 33%; height: auto; margin-right: .33%; border-radius: 3px; vertical-align: top; }
        .rows span { float: right; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); }
        th { font-weight: 400; color: var(--soft); }
        """;
}
