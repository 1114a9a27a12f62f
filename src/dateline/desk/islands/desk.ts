// What every page may use: htmx for filters and pages of rows, the article's margin, the review's keys, the job that is watched.
import htmx from "htmx.org";
import { data } from "./common";

(window as unknown as { htmx: unknown }).htmx = htmx;

/** The article: words and notes light each other up. */
function article(page: HTMLElement): void {
  const marked = [...document.querySelectorAll<HTMLElement>("[data-r]")];
  const refs = (e: HTMLElement) => (e.dataset.r ?? "").split(" ");
  const light = (wanted: string[]) => marked.forEach((e) => e.classList.toggle("lit", refs(e).some((r) => wanted.includes(r))));
  const note = (ref: string) => document.getElementById(`m-${ref}`);
  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const hit = target.closest<HTMLElement>("[data-r]");
    if (!hit) { if (!target.closest("a, button")) light([]); return; }
    const link = target.closest("a");
    if (link && !link.matches(".call a, .ref")) return;
    const wanted = refs(hit);
    light(hit.classList.contains("m") ? wanted.slice(0, 1).concat(wanted.filter((r) => /^[se]/.test(r))) : wanted);
    if (hit.classList.contains("m")) note(wanted.find((r) => /^[set]/.test(r)) ?? wanted[0])?.scrollIntoView({ block: "nearest" });
    else if (!link) document.getElementById(`t-${wanted[0]}`)?.scrollIntoView({ block: "center" });
  });
  for (const one of page.querySelectorAll<HTMLElement>(".margin .note")) {
    one.addEventListener("mouseenter", () => light(refs(one)));
    one.addEventListener("mouseleave", () => light([]));
    one.addEventListener("focusin", () => light(refs(one)));
  }
  for (const layer of page.querySelectorAll<HTMLAnchorElement>("[data-layer]")) {
    const flip = (event: Event) => {
      event.preventDefault();
      const off = page.classList.toggle(`no-${layer.dataset.layer}`);
      layer.setAttribute("aria-checked", String(!off));
      const here = new URL(location.href);
      const hidden = [...page.querySelectorAll<HTMLElement>('[data-layer][aria-checked="false"]')].map((e) => e.dataset.layer!);
      here.searchParams.delete("hide");
      hidden.forEach((name) => here.searchParams.append("hide", name));
      history.replaceState(null, "", here);
    };
    layer.addEventListener("click", flip);
    layer.addEventListener("keydown", (event) => { if (event.key === " ") flip(event); });
  }
}

/** The review: keys that press the buttons which show them, unless somebody is typing or has switched them off. */
function review(): void {
  const correction = document.getElementById("correction");
  const opener = document.querySelector<HTMLElement>('[data-open="correction"]');
  correction?.classList.add("shut");
  opener?.addEventListener("click", () => {
    const shut = correction!.classList.toggle("shut");
    opener.setAttribute("aria-expanded", String(!shut));
    if (!shut) correction!.querySelector<HTMLElement>("select, input:not([type=hidden])")?.focus();
  });
  const on = document.getElementById("keys") as HTMLInputElement | null;
  if (on) {
    on.checked = localStorage.getItem("dateline-keys") !== "off";
    on.addEventListener("change", () => localStorage.setItem("dateline-keys", on.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.key === "Escape" && correction && !correction.classList.contains("shut")) { opener!.click(); opener!.focus(); return; }
    if (!on?.checked || event.ctrlKey || event.metaKey || event.altKey || target.matches("input:not([type=checkbox]), select, textarea")) return;
    const button = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}

/** A job: look again until it is done, then go to the article. */
function watch(job: HTMLElement): void {
  if (job.dataset.landing) { location.replace(job.dataset.landing); return; }
  if (job.dataset.stage === "done") return;
  const look = async () => {
    const now = await data<{ stage: string; done: number; landing: string | null }>(job.dataset.twin!);
    if (now.landing) location.replace(now.landing);
    else if (now.stage !== job.dataset.stage || String(now.done) !== job.dataset.done) location.reload();
    else setTimeout(look, 600);
  };
  setTimeout(look, 400);
}

/** Files that are dropped go into the field that they could have been chosen in. */
function drop(area: HTMLElement): void {
  const input = area.querySelector<HTMLInputElement>('input[type="file"]')!;
  for (const kind of ["dragenter", "dragover"]) area.addEventListener(kind, (event) => { event.preventDefault(); area.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("over"));
  area.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer?.files.length) input.files = event.dataTransfer.files; });
}

// On a narrow screen the filters are a drawer, shut until it is wanted, and again once something was chosen.
function drawer(): void {
  if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".drawer")?.removeAttribute("open");
}
drawer();
document.addEventListener("htmx:after:swap", drawer);

// On a narrow screen the pages are a strip: the one that is open is brought into view.
const open = document.querySelector<HTMLElement>(".top nav [aria-current]");
const strip = open?.closest("nav");
if (open && strip) strip.scrollLeft = open.offsetLeft - strip.clientWidth / 2;

// The line of rounds begins at the first; bring the one that is looked at into view.
const here = document.querySelector<HTMLElement>("ol.line .here");
if (here) here.parentElement!.scrollLeft = here.offsetLeft - here.parentElement!.clientWidth / 2;

const page = document.getElementById("page");
if (page) article(page);
if (document.body.classList.contains("reviewing")) review();
const job = document.getElementById("job");
if (job) watch(job);
document.querySelectorAll<HTMLElement>(".drop").forEach(drop);
document.documentElement.dataset.ready = "true";
