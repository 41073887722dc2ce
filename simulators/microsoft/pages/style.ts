/** One style sheet for all pages: five sizes of type, spaces in steps of four pixels, one colour per meaning. */
export const style = `
:root {
  --ink: #1c2330; --soft: #5a6475; --faint: #8a93a3; --line: #e2e6ec; --ground: #f5f6f8; --card: #ffffff;
  --accent: #2a5bd7; --accent-soft: #e8eefc;
  --yes: #1b7a4b; --yes-soft: #e2f3ea; --maybe: #8f5f00; --maybe-soft: #fdf0d0; --no: #b3261e; --no-soft: #fce8e6;
  --wait: #aab2bf; --wait-soft: #eef0f3;
  --xs: 12px; --s: 13px; --m: 15px; --l: 18px; --xl: 26px;
}
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); font: var(--m)/1.5 "Segoe UI", system-ui, -apple-system, "Helvetica Neue", "Noto Sans", Arial, sans-serif; }
body { margin: 0; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1 { font-size: var(--xl); line-height: 1.25; font-weight: 600; letter-spacing: -0.01em; margin: 0; }
h2 { font-size: var(--l); line-height: 1.35; font-weight: 600; margin: 0 0 12px; }
p { margin: 0; }
.wide { max-width: 1240px; margin: 0 auto; padding: 0 24px; }
.muted { color: var(--soft); }
.small { font-size: var(--s); }
.mono { font: var(--xs)/1.6 ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; color: var(--soft); overflow-wrap: anywhere; }

.top { background: var(--card); border-bottom: 1px solid var(--line); }
.top .wide { display: flex; align-items: center; gap: 32px; height: 56px; }
.brand { color: var(--ink); font-weight: 600; display: flex; align-items: center; gap: 10px; }
.brand:hover { text-decoration: none; }
.brand em { font-style: normal; font-weight: 400; color: var(--soft); }
.mark { width: 18px; height: 18px; border-radius: 4px; background: linear-gradient(135deg, var(--accent) 50%, #7fa2f5 50%); }
.top nav { display: flex; gap: 4px; height: 100%; }
.top nav a { display: flex; align-items: center; padding: 0 12px; color: var(--soft); border-bottom: 2px solid transparent; border-top: 2px solid transparent; }
.top nav a:hover { color: var(--ink); text-decoration: none; }
.top nav a[aria-current] { color: var(--ink); font-weight: 600; border-bottom-color: var(--accent); }
.clock { margin-left: auto; font-size: var(--s); color: var(--maybe); background: var(--maybe-soft); padding: 2px 10px; border-radius: 999px; }

main.wide { padding-top: 32px; padding-bottom: 64px; }
.head { display: flex; align-items: flex-end; justify-content: space-between; gap: 24px; margin-bottom: 24px; flex-wrap: wrap; }
.head p { color: var(--soft); margin-top: 4px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px; margin-bottom: 24px; }
.card.flush { padding: 0; overflow: hidden; }
.card.flush > h2 { padding: 16px 24px 0; }
.columns { display: grid; grid-template-columns: minmax(0, 2fr) minmax(300px, 1fr); gap: 24px; align-items: start; }
.empty { padding: 40px 24px; text-align: center; color: var(--soft); }
.empty strong { display: block; color: var(--ink); font-weight: 600; margin-bottom: 4px; }

.tools { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; }
.button, button { font: inherit; font-size: var(--s); line-height: 20px; color: var(--ink); background: var(--card); border: 1px solid #cdd3dc; border-radius: 6px; padding: 5px 12px; cursor: pointer; white-space: nowrap; }
.button:hover, button:hover { background: var(--ground); text-decoration: none; }
button.yes { color: var(--yes); border-color: #a9d8c0; } button.yes:hover { background: var(--yes-soft); }
button.maybe { color: var(--maybe); border-color: #ecd08c; } button.maybe:hover { background: var(--maybe-soft); }
button.no { color: var(--no); border-color: #efb5b0; } button.no:hover { background: var(--no-soft); }
input[type="text"], input[type="search"], input[type="email"], select { font: inherit; font-size: var(--s); line-height: 20px; color: var(--ink); background: var(--card); border: 1px solid #cdd3dc; border-radius: 6px; padding: 5px 10px; }
label.check { font-size: var(--s); color: var(--soft); display: inline-flex; align-items: center; gap: 6px; white-space: nowrap; }

table { width: 100%; border-collapse: collapse; font-size: var(--s); }
th { text-align: left; font-weight: 600; color: var(--soft); padding: 10px 12px; border-bottom: 1px solid var(--line); white-space: nowrap; }
td { padding: 10px 12px; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
th:first-child, td:first-child { padding-left: 24px; } th:last-child, td:last-child { padding-right: 24px; }
td.when, td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.number { color: var(--faint); }
td strong { font-weight: 600; overflow-wrap: anywhere; } td strong a { color: var(--ink); } td strong a:hover { color: var(--accent); }
td.date { color: var(--soft); }
tr:has(+ tr.same-day) td.date { border-bottom-color: transparent; }
.recipient { display: inline-block; margin-right: 10px; white-space: nowrap; }
details.more { display: inline; } details.more > summary { display: inline; padding: 0; font-weight: 400; color: var(--soft); } details.more[open] { display: block; } details.more[open] > summary { display: block; border: 0; }

.badge { display: inline-block; font-size: var(--xs); line-height: 18px; font-weight: 600; padding: 1px 8px; border-radius: 999px; background: var(--wait-soft); color: var(--soft); white-space: nowrap; }
.badge.accepted, .badge.invitation { background: var(--yes-soft); color: var(--yes); }
.badge.tentativelyAccepted, .badge.significant { background: var(--maybe-soft); color: var(--maybe); }
.badge.declined, .badge.cancellation { background: var(--no-soft); color: var(--no); }
.badge.update { background: var(--accent-soft); color: var(--accent); }
.tally { display: inline-flex; width: 88px; height: 8px; border-radius: 4px; overflow: hidden; background: var(--wait-soft); gap: 1px; vertical-align: 1px; margin-right: 10px; }
.tally i { display: block; } .tally .accepted { background: #36a36f; } .tally .tentative { background: #e0ac3b; } .tally .declined { background: #d7564d; } .tally .waiting { background: #d5dae1; }
.tally-words { font-size: var(--s); color: var(--soft); white-space: nowrap; }
.outside::after { content: " \\2197"; color: var(--faint); }

.week { display: grid; grid-template-columns: 56px repeat(7, minmax(0, 1fr)); }
.week .day-name { padding: 10px 12px; border-left: 1px solid var(--line); border-bottom: 1px solid var(--line); font-size: var(--s); color: var(--soft); }
.week .day-name b { color: var(--ink); font-size: var(--l); font-weight: 600; margin-right: 6px; }
.week .day-name.today b { background: var(--accent); color: #fff; border-radius: 6px; padding: 0 6px; }
.week .corner { border-bottom: 1px solid var(--line); }
.week .hours { position: relative; }
.week .hours span { position: absolute; right: 8px; transform: translateY(-50%); font-size: var(--xs); color: var(--faint); font-variant-numeric: tabular-nums; }
.week .hours span:first-child { transform: none; }
.week .column { position: relative; border-left: 1px solid var(--line); background-image: linear-gradient(var(--line) 1px, transparent 1px); background-size: 100% 44px; background-position: 0 -1px; }
.slot { position: absolute; border: 1px solid #fff; border-left: 3px solid var(--accent); border-radius: 5px; background: var(--accent-soft); color: var(--ink); padding: 3px 6px; overflow: hidden; font-size: var(--xs); line-height: 1.35; }
.slot:hover { background: #d9e4fb; text-decoration: none; z-index: 2; }
.slot b { display: block; font-weight: 600; overflow-wrap: break-word; hyphens: auto; }
.slot span { color: var(--soft); overflow-wrap: anywhere; }
.slot.plain { border-left-color: var(--wait); background: var(--wait-soft); }

dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 8px 16px; margin: 0; font-size: var(--s); }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.mail-body { width: 100%; height: 340px; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
.strip { display: flex; gap: 32px; margin-top: 16px; flex-wrap: wrap; }
.strip div { font-size: var(--s); color: var(--soft); } .strip b { display: block; font-size: var(--l); line-height: 1.3; font-weight: 600; color: var(--ink); }

.meeting { padding: 20px 24px; border-bottom: 1px solid var(--line); }
.meeting:last-child { border-bottom: 0; }
h1, .meeting h3 { overflow-wrap: anywhere; }
.meeting h3 a { color: var(--ink); } .meeting h3 a:hover { color: var(--accent); }
.meeting h3 { font-size: var(--m); font-weight: 600; margin: 0; display: flex; gap: 10px; align-items: center; flex-wrap: wrap; }
.meeting p { font-size: var(--s); color: var(--soft); margin-top: 2px; }
.meeting form { margin-top: 12px; }
.meeting.cancelled h3 a { text-decoration: line-through; color: var(--soft); }
.mails { list-style: none; margin: 0; padding: 0; }
.mails li { padding: 12px 24px; border-bottom: 1px solid var(--line); font-size: var(--s); }
.mails li:last-child { border-bottom: 0; }
.mails .line { display: flex; justify-content: space-between; gap: 12px; color: var(--soft); }
details > summary { cursor: pointer; padding: 16px 24px; font-weight: 600; }
details[open] > summary { border-bottom: 1px solid var(--line); }
@media (max-width: 900px) { .columns { grid-template-columns: 1fr; } .card { overflow-x: auto; } .week { min-width: 760px; } }
`;
