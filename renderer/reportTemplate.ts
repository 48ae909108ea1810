import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** Runs first: inflates the program and its style, which the policy admits by their hashes. */
const loader = `(async()=>{
const inflate=async id=>new Response(new Blob([Uint8Array.from(atob(document.getElementById(id).textContent),c=>c.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
const [style,code]=await Promise.all([inflate('driftglass-style'),inflate('driftglass-code')]);
const sheet=new CSSStyleSheet();sheet.replaceSync(style);document.adoptedStyleSheets=[sheet];
const script=document.createElement('script');script.textContent=code;document.body.append(script);
})()`;

/** Only what shows before the program runs, or without it. */
const firstStyle =
  ':root{color-scheme:light dark}body{margin:0;background:#f6f7f9;color:#1b2430;font:14px/1.5 system-ui,sans-serif}noscript{display:block;padding:2rem}@media(prefers-color-scheme:dark){body{background:#12161c;color:#e6eaf0}}';

/**
 * The exported report without its data: one file that runs offline under a policy of hashes.
 * `__DRIFTGLASS_TITLE__`, `__DRIFTGLASS_TYPE__` and `__DRIFTGLASS_REPORT__` are to be replaced, each once.
 *
 * @param code - the program, one classic script
 * @param style - its style sheet
 */
export function reportTemplate(code: string, style: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${sourceHash(loader)} ${sourceHash(code)}`,
    `style-src ${sourceHash(firstStyle)}`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>__DRIFTGLASS_TITLE__</title>
<link rel="icon" href="data:,">
<style>${firstStyle}</style>
</head>
<body>
<noscript>This report draws itself with JavaScript, which is switched off here. Save the file and open it in a browser, or allow scripts for it; it loads nothing from anywhere.</noscript>
<div id="root"></div>
<script type="__DRIFTGLASS_TYPE__" id="driftglass-report">__DRIFTGLASS_REPORT__</script>
<script type="application/octet-stream" id="driftglass-style">${packed(style)}</script>
<script type="application/octet-stream" id="driftglass-code">${packed(code)}</script>
<script>${loader}</script>
</body>
</html>
`;
}

function sourceHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

function packed(text: string): string {
  return gzipSync(text, { level: 9 }).toString('base64');
}
