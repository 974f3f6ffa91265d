/** Of the HTML file: the page's colours (app/tokens.css), in fonts that every machine has. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --bg: light-dark(#ffffff, #0e1115);
  --sunken: light-dark(#f0f2f5, #161920);
  --line: light-dark(#dde1e7, #272c36);
  --text: light-dark(#14171c, #e9ecf1);
  --muted: light-dark(#4d5563, #a7afbc);
  --accent: light-dark(#0b57c4, #7db4ff);
  --fatal: light-dark(#b01e14, #ff8d83);
  --problem: light-dark(#875100, #f4b250);
  --note: light-dark(#184fb5, #8db7ff);
  --ok: light-dark(#14683c, #70d29c);
}
* { box-sizing: border-box; }
body {
  max-width: 1080px;
  margin: 0 auto;
  padding: 24px 20px 64px;
  background: var(--bg);
  color: var(--text);
  font: 400 15px / 23px system-ui, sans-serif;
  overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 17px; }
h2 { margin: 0 0 12px; font-size: 21px; line-height: 29px; }
h3 { margin: 28px 0 8px; font-size: 15px; }
p { max-width: 76ch; margin: 0 0 12px; }
.about { margin: 4px 0 0; color: var(--muted); }
nav { margin-top: 16px; padding: 12px 16px; background: var(--sunken); border-radius: 6px; }
nav ol { margin: 0; padding-left: 24px; }
a { color: var(--accent); }
section { margin-top: 24px; padding-left: 16px; border-left: 4px solid var(--mark); }
.fatal { --mark: var(--fatal); }
.problem { --mark: var(--problem); }
.note { --mark: var(--note); }
.ok { --mark: var(--ok); }
.severity { color: var(--mark); }
.destroys { color: var(--fatal); font-weight: 700; }
code, pre { font: 400 13px / 20px ui-monospace, Menlo, Consolas, monospace; }
h2 code { font-size: 18px; }
pre {
  margin: 0 0 12px;
  padding: 10px 12px;
  background: var(--sunken);
  border-radius: 6px;
  white-space: pre-wrap;
}
.wide { overflow-x: auto; margin-bottom: 12px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 20px; }
th, td {
  padding: 6px 12px 6px 0;
  border-bottom: 1px solid var(--line);
  text-align: left;
  vertical-align: top;
  overflow-wrap: normal;
}
th { color: var(--muted); font-weight: 600; }
td:last-child { min-width: 24ch; overflow-wrap: anywhere; }
@media (max-width: 600px) {
  body { padding: 16px 12px 48px; }
  section { padding-left: 10px; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 11pt; line-height: 1.4; }
  section + section { break-before: page; }
  pre, tr { break-inside: avoid; }
  pre, nav { border: 1px solid var(--line); }
}
`;
