/** The page's style sheet: one calm theme in two lights, no image, no font to load. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: #f6f6f4; --sheet: #ffffff; --ink: #1d2024; --soft: #565c65; --line: #dcdee2; --hover: #eef1f6; --chosen: #dfe9fb;
  --accent: #1f55c4; --committed: #17703f; --staged: #875400; --deprecated: #62676f; --wrong: #b3261e;
  --plus: #e3f4e9; --minus: #fce8e6; --mark-plus: #a9dfbd; --mark-minus: #f5b9b3;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131518; --sheet: #1a1d21; --ink: #e4e7eb; --soft: #a3abb5; --line: #33383f; --hover: #23272d; --chosen: #263750;
    --accent: #8fb6ff; --committed: #63d197; --staged: #eeb65b; --deprecated: #9fa6af; --wrong: #ff8f86;
    --plus: #14301f; --minus: #3b1f1d; --mark-plus: #1f5a37; --mark-minus: #74312b;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 14px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
#report { height: 100%; display: flex; flex-direction: column; }
h1, h2, h3, p, dl, dd, pre { margin: 0; font-weight: inherit; font-size: inherit; }
button { font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: 4px 12px; cursor: pointer; }
button:hover { background: var(--hover); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
main:focus { outline: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.bar { display: flex; align-items: center; gap: 16px; padding: 10px 16px; border-bottom: 1px solid var(--line); background: var(--sheet); }
.bar h1 { font-weight: 600; flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.search { position: relative; width: min(440px, 50vw); }
.search input { width: 100%; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 6px; padding: 6px 10px; }
.search input::placeholder { color: var(--soft); opacity: 1; }
.drop { position: absolute; inset: calc(100% + 6px) 0 auto auto; width: min(640px, 94vw); padding: 8px; background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 12px 32px #0003; z-index: 5; }
.drop .caption { padding: 2px 6px 6px; }
.hit { display: grid; height: 46px; padding: 4px 8px; border-radius: 6px; cursor: pointer; align-content: center; }
.hit b { font-weight: 500; } .hit b, .hit span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.hit span { color: var(--soft); font-size: 12px; }
.frame { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(220px, 300px) minmax(0, 1fr); }
nav { border-inline-end: 1px solid var(--line); padding: 10px 6px; min-height: 0; overflow: hidden; }
main { padding: 16px 20px 24px; overflow: auto; min-width: 0; }
.scroller { position: relative; overflow: auto; overscroll-behavior: contain; }
.sizer { position: relative; }
.sizer > * { position: absolute; top: 0; left: 0; width: 100%; }
.tree { height: 100%; max-height: 780px; }
.node { height: 30px; display: flex; align-items: center; gap: 6px; padding-inline-end: 8px; border-radius: 6px; cursor: pointer; white-space: nowrap; }
.node::before { content: ""; flex: none; width: 10px; color: var(--soft); font-size: 10px; }
.node[aria-expanded="true"]::before { content: "▾"; }
.node[aria-expanded="false"]::before { content: "▸"; }
.node .name { overflow: hidden; text-overflow: ellipsis; }
.node::after { content: attr(data-summary); color: var(--soft); font-size: 12px; margin-inline-start: auto; padding-inline-start: 8px; }
.node[data-kind="catalog"] .name, .node[data-kind="table"] .name { font-weight: 600; }
.node[data-state="staged"] .name, .badge[data-state="staged"] { color: var(--staged); font-style: italic; }
.node[data-state="deprecated"] .name, .badge[data-state="deprecated"] { color: var(--deprecated); text-decoration: line-through; }
.node[data-state="failed"] .name { color: var(--wrong); } .node[data-state="failed"] .name::before { content: "✗ "; }
.node:hover, .delta:hover, .hit:hover { background: var(--hover); }
.node[aria-selected="true"], .delta[aria-selected="true"], .hit[aria-selected="true"] { background: var(--chosen); }
.scroller:focus-visible .active { outline: 2px solid var(--accent); outline-offset: -2px; }
.title { display: flex; flex-wrap: wrap; align-items: baseline; gap: 10px; margin-bottom: 6px; }
h2 { font-size: 19px; font-weight: 600; overflow-wrap: anywhere; }
h3 { font-weight: 600; margin: 18px 0 6px; }
.badge { font-size: 12px; border: 1px solid currentColor; border-radius: 999px; padding: 0 9px; color: var(--committed); }
.badge[data-state="failed"] { color: var(--wrong); } .badge[data-state="unreleased"], .badge[data-state="beta"] { color: var(--soft); }
dl.facts { display: flex; flex-wrap: wrap; gap: 4px 24px; margin-bottom: 8px; }
dl.facts > div { display: flex; gap: 6px; min-width: 0; }
dt { color: var(--soft); } dd { overflow-wrap: anywhere; min-width: 0; }
.caption { color: var(--soft); margin: 8px 0; }
.timeline { border: 1px solid var(--line); border-radius: 8px; background: var(--sheet); }
.delta { height: 34px; display: flex; align-items: center; gap: 10px; padding: 0 12px 0 34px; cursor: pointer; white-space: nowrap; }
.delta::before { content: ""; position: absolute; left: 16px; top: 0; bottom: 0; border-inline-start: 2px solid var(--line); }
.delta::after { content: "⇄"; content: "⇄" / ""; position: absolute; left: 8px; width: 18px; height: 18px; font: 600 12px/18px var(--mono); text-align: center; border-radius: 50%; background: var(--committed); color: var(--sheet); }
.delta[data-type="append"]::after { content: "+"; content: "+" / ""; }
.delta[data-type="delete"]::after { content: "−"; content: "−" / ""; }
.delta[data-state="staged"]::after { background: var(--sheet); color: var(--staged); box-shadow: inset 0 0 0 2px var(--staged); }
.delta[data-state="deprecated"]::after { background: var(--deprecated); }
.delta b { font-weight: 600; max-width: 40%; overflow: hidden; text-overflow: ellipsis; }
.delta .facts { color: var(--soft); flex: 1; overflow: hidden; text-overflow: ellipsis; }
.delta .effect, .caption .effect { font-variant-numeric: tabular-nums; }
.tabs { display: flex; flex-wrap: wrap; gap: 4px; border-bottom: 1px solid var(--line); }
.tabs button { border: 0; border-bottom: 2px solid transparent; border-radius: 6px 6px 0 0; background: none; color: var(--soft); padding: 6px 12px; }
.tabs button[aria-selected="true"] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
.grid { max-width: 100%; border: 1px solid var(--line); border-radius: 8px; background: var(--sheet); font: 12.5px/28px var(--mono); isolation: isolate; }
.grid .head { position: sticky; top: 0; height: 44px; background: var(--sheet); border-bottom: 1px solid var(--line); z-index: 2; min-width: 100%; }
.grid .row { height: 28px; min-width: 100%; border-bottom: 1px solid var(--line); background: var(--sheet); }
.grid .row > :not(.gutter), .grid .head > :not(.gutter) { position: absolute; top: 0; padding: 0 10px; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
.grid .head > :not(.gutter) { font: 600 12.5px/20px var(--mono); padding-top: 3px; height: 43px; }
.grid .head > :not(.gutter)::after { content: attr(data-type); display: block; font-weight: 400; color: var(--soft); overflow: hidden; text-overflow: ellipsis; }
.grid .gutter { position: sticky; left: 0; z-index: 1; width: 84px; padding: 0 10px; color: var(--soft); background: inherit; text-align: end; border-inline-end: 1px solid var(--line); height: 100%; }
.grid [data-kind="number"] { text-align: end; font-variant-numeric: tabular-nums; }
.grid .null, .grid .empty { color: var(--soft); font-style: italic; }
.grid .differs.null { color: inherit; }
.grid .current { box-shadow: inset 0 0 0 2px var(--accent); }
.grid:not(:focus) .current { box-shadow: none; } .grid .row.active { background: var(--hover); } .grid:focus-visible .row.active { outline: none; }
.row[data-row="added"], .row[data-row="after"], .row[data-row="expected"], .row[data-row="missing"] { background: var(--plus) !important; }
.row[data-row="removed"], .row[data-row="before"], .row[data-row="actual"], .row[data-row="unexpected"] { background: var(--minus) !important; }
.row[data-row] .differs { font-weight: 700; text-decoration: underline; text-underline-offset: 3px; }
.row[data-row="after"] .differs, .row[data-row="expected"] .differs { background: var(--mark-plus); }
.row[data-row="before"] .differs, .row[data-row="actual"] .differs { background: var(--mark-minus); }
.row[data-row] .gutter { color: var(--ink); } .row[data-row="plain"] .gutter { color: var(--soft); }
.failure { margin-top: 16px; border-inline-start: 3px solid var(--wrong); padding-inline-start: 14px; }
pre { font: 12.5px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; max-height: 50vh; overflow: auto; background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; margin-top: 10px; }
dialog { border: 1px solid var(--line); border-radius: 10px; background: var(--sheet); color: inherit; width: min(680px, 92vw); padding: 18px 20px; }
dialog::backdrop { background: #0007; } dialog button { margin-top: 14px; }
.keys > div { display: grid; grid-template-columns: 110px 1fr; padding: 4px 0; }
kbd { font: 12.5px var(--mono); border: 1px solid var(--line); border-radius: 4px; padding: 1px 6px; color: var(--ink); }
[role="alert"] { color: var(--wrong); margin: 12px; }
@media (max-width: 760px) {
  .bar { flex-wrap: wrap; gap: 8px; } .bar h1 { flex-basis: calc(100% - 60px); } .search { order: 3; width: 100%; } .drop { width: 100%; }
  .frame { display: block; overflow: auto; } nav { border: 0; border-bottom: 1px solid var(--line); } .tree { height: auto; max-height: 240px; }
  main { padding: 14px 12px 24px; overflow: visible; } .tabs { gap: 0; } .tabs button { padding: 6px 9px; } .delta { gap: 8px; padding-right: 8px; }
}
@media (forced-colors: active) { .delta[aria-selected="true"], .node[aria-selected="true"] { outline: 1px solid; } }
@media print { .search, .help { display: none; } }
`
