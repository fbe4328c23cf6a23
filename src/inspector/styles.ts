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
.hit:not(.group) { padding-inline-start: 14px; } .hit.group { background: var(--page); } .hit.group b { font-weight: 600; }
.frame { flex: 1; min-height: 0; display: grid; grid-template-columns: clamp(260px, 24vw, 440px) minmax(0, 1fr); }
nav { border-inline-end: 1px solid var(--line); padding: 8px 6px; min-height: 0; overflow: hidden; display: flex; flex-direction: column; gap: 8px; }
.levels { display: flex; gap: 6px; padding-inline: 2px; } .levels button { font-size: 12px; padding: 2px 9px; color: var(--soft); background: none; }
.levels button:hover { background: var(--hover); color: var(--ink); }
main { padding: 16px 20px 24px; overflow: auto; min-width: 0; }
.scroller { position: relative; overflow: auto; overscroll-behavior: contain; }
.sizer { position: relative; }
.sizer > * { position: absolute; top: 0; left: 0; width: 100%; }
.tree { flex: 1; min-height: 0; max-height: var(--most); }
.node { height: 30px; line-height: 30px; padding-inline-start: var(--indent); border-radius: 6px; cursor: pointer; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.node::before, .node::after { position: absolute; top: 0; color: var(--soft); font-weight: 400; font-style: normal; }
.node::before { inset-inline-start: calc(var(--indent) - 16px); font-size: 10px; }
.node[aria-expanded="true"]::before { content: "▾"; content: "▾" / ""; }
.node[aria-expanded="false"]::before { content: "▸"; content: "▸" / ""; }
.node::after { content: attr(data-summary); inset-inline-end: 8px; font-size: 12px; }
.node[data-kind="catalog"], .node[data-kind="table"] { font-weight: 600; }
.node[data-state="staged"], .badge[data-state="staged"] { color: var(--staged); font-style: italic; }
.node[data-state="deprecated"], .badge[data-state="deprecated"] { color: var(--deprecated); text-decoration: line-through; }
.node[data-state="failed"] { color: var(--wrong); }
.node:hover, .delta:hover, .hit:hover, .error:hover { background: var(--hover); }
.node[aria-selected="true"], .delta[aria-selected="true"], .hit[aria-selected="true"], .error[aria-selected="true"] { background: var(--chosen); }
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
.title h3 { margin: 18px 0 0; }
.errors { border: 1px solid var(--line); border-radius: 8px; background: var(--sheet); }
.error { height: 34px; line-height: 34px; padding: 0 12px; cursor: pointer; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.timeline { border: 1px solid var(--line); border-radius: 8px; background: var(--sheet); }
.delta { height: 34px; line-height: 34px; padding-inline-start: 34px; cursor: pointer; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; color: var(--soft); }
.delta::before { content: ""; position: absolute; left: 16px; top: 0; bottom: 0; border-inline-start: 2px solid var(--line); }
.delta[data-effect]::after { content: attr(data-effect); position: absolute; top: 0; inset-inline-end: 12px; color: var(--ink); font-variant-numeric: tabular-nums; }
.delta b::before { content: "⇄"; content: "⇄" / ""; position: absolute; left: 8px; top: 8px; width: 18px; height: 18px; font: 600 12px/18px var(--mono); text-align: center; border-radius: 50%; background: var(--committed); color: var(--sheet); }
.delta[data-type="append"] b::before { content: "+"; content: "+" / ""; }
.delta[data-type="delete"] b::before { content: "−"; content: "−" / ""; }
.delta[data-state="staged"] b::before { background: var(--sheet); color: var(--staged); box-shadow: inset 0 0 0 2px var(--staged); }
.delta[data-state="deprecated"] b::before { background: var(--deprecated); }
.delta b { font-weight: 600; color: var(--ink); margin-inline-end: 6px; }
.tabs { display: flex; flex-wrap: wrap; gap: 4px; border-bottom: 1px solid var(--line); }
.tabs button { border: 0; border-bottom: 2px solid transparent; border-radius: 6px 6px 0 0; background: none; color: var(--soft); padding: 6px 12px; }
.tabs button[aria-selected="true"] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
.grid { max-width: 100%; border: 1px solid var(--line); border-radius: 8px; background: var(--sheet); font: 12.5px/28px var(--mono); isolation: isolate; }
.grid .head { position: sticky; top: 0; height: var(--head); background: var(--sheet); border-bottom: 1px solid var(--line); z-index: 2; min-width: 100%; }
.grid .row { height: 28px; min-width: 100%; border-bottom: 1px solid var(--line); background: var(--sheet); }
.grid .row > :not(.gutter), .grid .head > :not(.gutter) { position: absolute; top: 0; padding: 0 10px; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
.grid .head > :not(.gutter) { font: 600 12.5px/20px var(--mono); padding-top: 3px; height: calc(var(--head) - 1px); }
.grid .head > :not(.gutter)::after { content: attr(data-type); display: block; font-weight: 400; color: var(--soft); overflow: hidden; text-overflow: ellipsis; }
.grid .gutter { position: sticky; left: 0; z-index: 1; width: var(--gutter); padding: 0 10px; overflow: hidden; color: var(--soft); background: inherit; text-align: end; border-inline-end: 1px solid var(--line); height: 100%; }
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
.sides .differs[data-column="1"] { background: var(--mark-plus); } .sides .differs[data-column="2"] { background: var(--mark-minus); }
.grid a { color: var(--accent); text-underline-offset: 3px; }
mark { background: var(--chosen); color: inherit; font-weight: 700; text-decoration: underline; text-underline-offset: 3px; }
.row[data-row] .gutter { color: var(--ink); } .row[data-row="plain"] .gutter { color: var(--soft); }
.failure { margin-top: 16px; border-inline-start: 3px solid var(--wrong); padding-inline-start: 14px; }
pre { font: 12.5px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; max-height: 50vh; overflow: auto; background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; margin-top: 10px; }
dialog { border: 1px solid var(--line); border-radius: 10px; background: var(--sheet); color: inherit; width: min(680px, 92vw); padding: 18px 20px; }
dialog::backdrop { background: #0007; } dialog button { margin-top: 14px; }
.keys { display: grid; grid-template-columns: max-content 1fr; gap: 8px 16px; align-items: baseline; margin-top: 12px; }
.keys dt { justify-self: start; font: 12.5px var(--mono); border: 1px solid var(--line); border-radius: 4px; padding: 1px 6px; color: var(--ink); }
[role="alert"] { color: var(--wrong); margin: 12px; }
@media (max-width: 760px) {
  .bar { flex-wrap: wrap; gap: 8px; } .bar h1 { flex-basis: calc(100% - 60px); } .search { order: 3; width: 100%; } .drop { width: 100%; }
  .frame { display: block; overflow: auto; } nav { border: 0; border-bottom: 1px solid var(--line); } .tree { flex: none; max-height: 240px; }
  main { padding: 14px 12px 24px; overflow: visible; } .tabs { gap: 0; } .tabs button { padding: 6px 9px; } 
}
@media (forced-colors: active) { .delta[aria-selected="true"], .node[aria-selected="true"], .error[aria-selected="true"] { outline: 1px solid; } }
@media print { .search, .help, .levels { display: none; } }
`
