// The styles, once for all chats of a page; a sheet that is adopted is allowed by the strictest policy.

import css from "./styles.css?inline";

let sheet: CSSStyleSheet | undefined;

export function dress(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  root.adoptedStyleSheets = [sheet];
}
