/** One sheet for all pages: four text sizes, multiples of four pixels for space, one accent. */
export const style = `
:root {
  --ink: #1b2433; --soft: #5a6678; --faint: #8a94a5; --line: #e2e7ee; --page: #f4f6f9; --card: #fff;
  --accent: #1f5fd0; --accent-soft: #eaf1fd; --good: #1a7a48; --good-soft: #e5f5ec;
  --warn: #8a5a00; --warn-soft: #fdf3dc; --bad: #b02a20; --bad-soft: #fcebe9; --bar: #14223b;
  --small: 12.5px; --text: 14px; --large: 17px; --title: 25px;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 400 var(--text)/1.5 Inter, "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
h1 { font-size: var(--title); line-height: 1.2; font-weight: 650; letter-spacing: -.01em; margin: 0; }
h2 { font-size: var(--large); line-height: 1.3; font-weight: 650; margin: 0; }
h3 { font-size: var(--text); font-weight: 650; margin: 0; }
p { margin: 0; }
.bar { background: var(--bar); color: #fff; }
.bar > div { max-width: 1240px; margin: 0 auto; padding: 0 24px; height: 56px; display: flex; align-items: center; gap: 32px; }
.brand { display: flex; align-items: center; gap: 12px; font-weight: 650; color: #fff; }
.brand:hover { text-decoration: none; }
.brand i { width: 28px; height: 28px; border-radius: 8px; background: linear-gradient(135deg, #4d8df6, #22c3a6); display: block; }
.bar nav { display: flex; gap: 4px; flex: 1; }
.bar nav a { color: #c5cfdf; padding: 8px 12px; border-radius: 8px; }
.bar nav a:hover { background: #ffffff14; text-decoration: none; color: #fff; }
.bar nav a.here { background: #ffffff1f; color: #fff; }
.bar small { color: #9fadc4; font-size: var(--small); }
main { max-width: 1240px; margin: 0 auto; padding: 32px 24px 64px; }
.head { display: flex; align-items: flex-start; justify-content: space-between; gap: 24px; margin-bottom: 24px; }
.head p { color: var(--soft); margin-top: 4px; }
.crumbs { color: var(--soft); font-size: var(--small); margin-bottom: 8px; }
.row { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; }
.spread { justify-content: space-between; gap: 16px; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 376px; gap: 24px; align-items: start; }
.stack { display: grid; gap: 24px; min-width: 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 1px 2px #1b24330a; }
.card + .card { margin-top: 24px; }
.stack > .card + .card { margin-top: 0; }
.card > header { padding: 16px 20px; display: flex; align-items: center; justify-content: space-between; gap: 16px; border-bottom: 1px solid var(--line); }
.card > header p { color: var(--soft); font-size: var(--small); margin-top: 2px; }
.card > .body { padding: 16px 20px; }
.card > .empty { padding: 24px 20px; color: var(--soft); }
.blank { text-align: center; padding: 56px 24px; color: var(--soft); }
.blank h2 { color: var(--ink); margin-bottom: 4px; }
.card > footer { padding: 12px 20px; border-top: 1px solid var(--line); }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-size: var(--small); font-weight: 600; color: var(--soft); padding: 10px 8px; white-space: nowrap; }
td { padding: 12px 8px; border-top: 1px solid var(--line); vertical-align: top; }
thead + tbody tr:first-child td { border-top: 1px solid var(--line); }
tbody:first-child tr:first-child td { border-top: 0; }
th:first-child, td:first-child { padding-left: 20px; }
th:last-child, td:last-child { padding-right: 20px; }
td.end, th.end { text-align: right; }
table.even { table-layout: fixed; }
td.answer, th.answer { text-align: center; width: 104px; }
tr.off td { color: var(--faint); }
.sub { color: var(--soft); font-size: var(--small); }
.strong { font-weight: 600; overflow-wrap: anywhere; }
h1, h2, .crumbs { overflow-wrap: anywhere; }
.nowrap { white-space: nowrap; }
.mono { font: 12px/1.5 "SF Mono", Menlo, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.pill { display: inline-block; padding: 1px 9px; border-radius: 999px; font-size: var(--small); font-weight: 550; background: #edf0f4; color: var(--soft); white-space: nowrap; }
.pill.good { background: var(--good-soft); color: var(--good); }
.pill.warn { background: var(--warn-soft); color: var(--warn); }
.pill.bad { background: var(--bad-soft); color: var(--bad); }
.pill.info { background: var(--accent-soft); color: var(--accent); }
.note { border-radius: 10px; padding: 12px 16px; margin-bottom: 24px; }
.note.good { background: var(--good-soft); color: var(--good); }
.note.bad { background: var(--bad-soft); color: var(--bad); }
.note.warn { background: var(--warn-soft); color: var(--warn); }
button, .button { font: inherit; font-weight: 500; border: 1px solid #cdd5e0; background: #fff; color: var(--ink); border-radius: 8px; padding: 6px 14px; cursor: pointer; white-space: nowrap; display: inline-block; line-height: 1.45; }
button:hover, .button:hover { background: #f3f6fa; text-decoration: none; }
button.main { background: var(--accent); border-color: var(--accent); color: #fff; }
button.main:hover { background: #194fae; }
button.danger { color: var(--bad); border-color: #ecc7c3; }
button.danger:hover { background: var(--bad-soft); }
button.slim { padding: 2px 10px; font-size: var(--small); }
.segments { display: inline-flex; border: 1px solid #cdd5e0; border-radius: 8px; overflow: hidden; }
.segments button { border: 0; border-radius: 0; border-left: 1px solid #cdd5e0; }
.segments form:first-child button { border-left: 0; }
.segments button.here { background: var(--accent-soft); color: var(--accent); }
form.inline { display: inline; }
form.grid { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 12px 16px; }
form.grid > label { grid-column: span 4; }
form.grid > label.quarter { grid-column: span 3; }
form.grid > .wide { grid-column: 1 / -1; }
form.grid > label.half { grid-column: span 6; }
form.grid > .acts { grid-column: 1 / -1; display: flex; gap: 8px; align-items: center; }
.narrow form.grid > label { grid-column: 1 / -1; }
label { display: block; font-size: var(--small); font-weight: 600; color: var(--soft); }
label.tick { display: flex; align-items: center; gap: 8px; font-weight: 500; font-size: var(--text); color: var(--ink); align-self: end; padding-bottom: 6px; }
input, select, textarea { font: inherit; font-weight: 400; font-size: var(--text); color: var(--ink); width: 100%; border: 1px solid #cdd5e0; border-radius: 8px; padding: 6px 10px; background: #fff; margin-top: 4px; min-height: 34px; }
input[type=checkbox] { width: 16px; height: 16px; min-height: 0; margin: 0; accent-color: var(--accent); flex: none; }
textarea { min-height: 72px; resize: vertical; }
:is(input, select, textarea, button, a, summary):focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
details > summary { cursor: pointer; color: var(--accent); font-weight: 500; list-style: none; display: inline-block; }
details > summary::-webkit-details-marker { display: none; }
details > summary::before { content: "+ "; }
details[open] > summary::before { content: "− "; }
details > summary + * { margin-top: 12px; }
.people { max-height: 300px; overflow: auto; border: 1px solid var(--line); border-radius: 8px; margin-top: 8px; }
.people label { display: flex; align-items: center; gap: 10px; padding: 6px 12px; font-weight: 400; font-size: var(--text); color: var(--ink); border-top: 1px solid var(--line); }
.people label:first-child { border-top: 0; }
.people label:hover { background: #f6f8fb; }
.people label span:first-of-type { white-space: nowrap; }
.people .sub { margin-left: auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.folds { display: flex; flex-wrap: wrap; gap: 8px 24px; }
.folds > details[open] { flex: 1 1 100%; order: 1; min-width: 0; }
.lines > details { border-top: 1px solid var(--line); }
.lines > details:first-child { border-top: 0; }
.lines summary { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) 160px 40px; gap: 16px; padding: 10px 20px; color: var(--ink); font-weight: 400; align-items: baseline; }
.lines summary:hover, .lines details[open] > summary { background: #f8fafc; }
.lines details > summary::before { content: none; }
.lines details > summary::after { content: "Edit"; color: var(--accent); text-align: right; }
.lines details[open] > summary::after { content: "Close"; }
.lines details > summary + * { margin: 0; padding: 12px 20px 20px; }
.facts { display: grid; grid-template-columns: auto 1fr; gap: 6px 16px; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; min-width: 0; }
pre { margin: 8px 0 0; padding: 12px; background: #f4f6f9; border-radius: 8px; font: 12px/1.5 "SF Mono", Menlo, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.rich { max-height: 120px; overflow: hidden; color: var(--soft); }
@media (max-width: 980px) { .columns { grid-template-columns: minmax(0, 1fr); } .bar small { display: none; } }
`;
