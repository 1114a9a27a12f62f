// What the charts share: colours that follow the theme, data, a table behind each chart.

export const CLASSES: Record<string, string> = {
  "verbal cooperation": "vcp",
  "material cooperation": "mcp",
  "verbal conflict": "vcf",
  "material conflict": "mcf",
};

export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The value of a class of events, from cooperation to conflict, in the colours of the theme. */
export function classColour(quad: string): string {
  return colour(CLASSES[quad] ?? "say");
}

export async function data<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as T;
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, props: Record<string, string> = {}, ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

export function legend(quads: readonly string[]): HTMLElement {
  return make("div", { class: "legend", "aria-hidden": "true" },
    ...quads.map((quad) => {
      const dot = make("i", { class: CLASSES[quad] ?? "say" });
      return make("span", {}, dot, quad);
    }));
}

/** The numbers behind a chart, for those who read rather than look. */
export function table(title: string, heads: string[], rows: (string | number)[][]): HTMLDetailsElement {
  const body = make("tbody");
  for (const [first, ...rest] of rows) {
    body.append(make("tr", {}, make("th", { scope: "row" }, String(first)),
      ...rest.map((cell) => make("td", { class: "num" }, String(cell)))));
  }
  const held = make("table", { class: "small" }, make("thead", {}, make("tr", {},
    ...heads.map((head, i) => make("th", i ? { scope: "col", class: "num" } : { scope: "col" }, head)))), body);
  return make("details", { class: "data" }, make("summary", {}, title),
    make("div", { tabindex: "0", role: "region", "aria-label": title }, held));
}

/** Calls back whenever the theme changes, by the system or by the switch. */
export function onTheme(draw: () => void): () => void {
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", draw);
  const seen = new MutationObserver(draw);
  seen.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => { media.removeEventListener("change", draw); seen.disconnect(); };
}

/** Goes to an address, within the listing if there is one (htmx swaps it), else as a page. */
export function go(from: Element, address: string): void {
  const area = from.closest(".found") ? document.querySelector(".filters") : null;
  if (!area) { location.assign(address); return; }
  const link = make("a", { href: address, hidden: "" });
  area.append(link);
  const htmx = (window as unknown as { htmx?: { process(e: Element): void } }).htmx;
  htmx?.process(link);
  link.click();
}
