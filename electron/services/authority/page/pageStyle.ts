/** The colours of the window (Fluent 2), by the names that they have there. A test compares them. */
const colours = {
  colorNeutralBackground1: ['#ffffff', '#292929'],
  colorNeutralBackground2: ['#fafafa', '#1f1f1f'],
  colorNeutralForeground1: ['#242424', '#ffffff'],
  colorNeutralForeground2: ['#424242', '#d6d6d6'],
  colorNeutralStroke2: ['#e0e0e0', '#525252'],
  colorNeutralStrokeAccessible: ['#616161', '#adadad'],
  colorBrandBackground: ['#0f6cbd', '#115ea3'],
  colorBrandBackgroundHover: ['#115ea3', '#0f6cbd'],
  colorNeutralForegroundOnBrand: ['#ffffff', '#ffffff'],
  colorBrandForegroundLink: ['#115ea3', '#479ef5'],
  colorStrokeFocus2: ['#000000', '#ffffff'],
  colorStatusSuccessBackground1: ['#f1faf1', '#052505'],
  colorStatusSuccessBorder1: ['#9fd89f', '#107c10'],
  colorStatusDangerBackground1: ['#fdf3f4', '#3b0509'],
  colorStatusDangerBorder1: ['#eeacb2', '#c50f1f'],
} as const;

const declared = (at: 0 | 1): string =>
  Object.entries(colours)
    .map(([name, pair]) => `--${name}:${pair[at]};`)
    .join('');

/** The page's one style sheet, on the grid of 8 px of the window. */
export const pageStyle = `:root{color-scheme:light dark;${declared(0)}}
@media (prefers-color-scheme: dark){:root{${declared(1)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--colorNeutralBackground2);color:var(--colorNeutralForeground1);
  font:14px/20px 'Segoe UI Variable','Segoe UI',system-ui,sans-serif}
header{display:flex;flex-wrap:wrap;align-items:center;gap:8px 16px;padding:12px 24px;
  background:var(--colorNeutralBackground1);border-bottom:1px solid var(--colorNeutralStroke2)}
header strong{font-weight:600}
header .who{margin-left:auto;color:var(--colorNeutralForeground2)}
main{max-width:1120px;margin:0 auto;padding:24px}
main.narrow{max-width:520px}
h1{margin:0 0 16px;font-size:24px;line-height:32px;font-weight:600}
h2{margin:0 0 4px;font-size:16px;line-height:22px;font-weight:600}
section{margin:0 0 16px;padding:16px;background:var(--colorNeutralBackground1);border:1px solid var(--colorNeutralStroke2);border-radius:8px}
p{margin:0 0 12px}
section > :last-child{margin-bottom:0}
.hint{color:var(--colorNeutralForeground2)}
label{display:block;margin-bottom:4px}
input{width:100%;padding:5px 12px;font:inherit;font-family:'Cascadia Mono',Consolas,ui-monospace,monospace;color:inherit;
  background:var(--colorNeutralBackground1);border:1px solid var(--colorNeutralStrokeAccessible);border-radius:4px}
.commands{display:flex;flex-wrap:wrap;gap:8px;margin-top:16px}
button,a.button{display:inline-block;padding:5px 12px;font:inherit;font-weight:600;color:inherit;text-decoration:none;cursor:pointer;
  background:var(--colorNeutralBackground1);border:1px solid var(--colorNeutralStrokeAccessible);border-radius:4px}
button:hover,a.button:hover{background:var(--colorNeutralBackground2)}
button.primary{color:var(--colorNeutralForegroundOnBrand);background:var(--colorBrandBackground);border-color:transparent}
button.primary:hover{background:var(--colorBrandBackgroundHover)}
a.button.small{padding:1px 8px}
a{color:var(--colorBrandForegroundLink)}
:focus-visible{outline:2px solid var(--colorStrokeFocus2);outline-offset:2px}
.message{margin:0 0 16px;padding:8px 12px;border:1px solid;border-radius:4px}
.done{background:var(--colorStatusSuccessBackground1);border-color:var(--colorStatusSuccessBorder1)}
.refused{background:var(--colorStatusDangerBackground1);border-color:var(--colorStatusDangerBorder1)}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 16px;margin:0 0 4px}
dt{color:var(--colorNeutralForeground2)}
dd{margin:0}
.mono{font-family:'Cascadia Mono',Consolas,ui-monospace,monospace;font-size:13px;overflow-wrap:anywhere;user-select:all}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse}
th,td{padding:6px 12px 6px 0;text-align:left;white-space:nowrap;border-bottom:1px solid var(--colorNeutralStroke2)}
th{font-weight:600}
tr:last-child td{border-bottom:0}
td.name{white-space:normal;overflow-wrap:anywhere;min-width:120px}
td.numbers{font-variant-numeric:tabular-nums}
@media (forced-colors: active){button,a.button,input,section{border-color:ButtonText}}
`;
