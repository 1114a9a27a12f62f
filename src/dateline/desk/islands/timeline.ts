// <dl-timeline src=… [brush[=PATH]] [score]>: events by time and class as stacked bars; brushing a period filters by it.
import uPlot from "uplot";
import { classColour, colour, CLASSES, data, go, legend, make, onTheme, table } from "./common";

interface Series { unit: string; from: string[]; series: Record<string, number[]> }
interface Score { month: string; events: number; mean: number }
interface Answer { timeline?: Series; score?: { there: Score[]; back: Score[] } }

const seconds = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;

class Timeline extends HTMLElement {
  #plot?: uPlot;
  #off?: () => void;
  #sized?: ResizeObserver;

  async connectedCallback(): Promise<void> {
    const answer = await data<Answer & Series>(this.getAttribute("src")!);
    if (!this.isConnected) return;
    const series = answer.timeline ?? answer;
    if (!series.from.length) {
      this.replaceChildren(make("p", { class: "none" }, "No dated events."));
      this.dataset.ready = "empty";
      return;
    }
    const quads = Object.keys(CLASSES).filter((quad) => quad in series.series);
    const place = make("div", { role: "img", "aria-label": `Events by ${series.unit} and class; the numbers are in the table below` });
    this.replaceChildren(place, legend(quads), this.#table(series, quads, answer.score));
    const draw = () => this.#draw(place, series, quads, this.hasAttribute("score") ? answer.score : undefined);
    draw();
    this.#off = onTheme(draw);
    this.#sized = new ResizeObserver(() => this.#plot?.setSize({ width: place.clientWidth, height: this.#height() }));
    this.#sized.observe(place);
    this.dataset.ready = "drawn";
  }

  disconnectedCallback(): void {
    this.#off?.();
    this.#sized?.disconnect();
    this.#plot?.destroy();
  }

  #height(): number { return this.hasAttribute("score") ? 260 : 150; }

  #table(series: Series, quads: string[], score?: Answer["score"]): HTMLElement {
    const means = new Map(score?.there.map((one) => [one.month, one.mean]));
    const rows = series.from.flatMap((day, i) => {
      const counts = quads.map((quad) => series.series[quad][i]);
      if (!counts.some((n) => n)) return [];
      const mean = score ? [means.get(day.slice(0, 7)) ?? "–"] : [];
      return [[series.unit === "month" ? day.slice(0, 7) : day, ...counts, ...mean]];
    });
    return table("As a table", [series.unit, ...quads, ...(score ? ["mean score"] : [])], rows);
  }

  #draw(place: HTMLElement, series: Series, quads: string[], score?: Answer["score"]): void {
    this.#plot?.destroy();
    const x = series.from.map(seconds);
    const sums = new Array<number>(x.length).fill(0);
    const stacked = quads.map((quad) => series.series[quad].map((n, i) => (sums[i] += n)));
    const bars = uPlot.paths.bars!({ size: [0.86, 28], align: 1 });
    const ink = colour("soft");
    const grid = { stroke: colour("hair"), width: 1 };
    const font = "12px system-ui, sans-serif";
    const lines: uPlot.Series[] = [];
    const values: (number | null)[][] = [];
    if (score) {
      for (const [list, dash] of [[score.there, []], [score.back, [4, 4]]] as [Score[], number[]][]) {
        const means = new Map(list.map((one) => [one.month, one.mean]));
        values.push(series.from.map((day) => means.get(day.slice(0, 7)) ?? null));
        lines.push({ scale: "score", stroke: colour("ink"), width: 1.5, dash, spanGaps: true, points: { show: list.length < 40, size: 5, fill: colour("ink") } });
      }
    }
    const brush = this.getAttribute("brush");
    this.#plot = new uPlot({
      width: place.clientWidth || 600, height: this.#height(), legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: brush !== null, y: false, setScale: false } },
      scales: { x: { time: true }, y: { range: (_u, _min, max) => [0, Math.max(1, max * 1.08)] }, score: { range: [-10.5, 10.5] } },
      axes: [
        { stroke: ink, grid: { show: false }, ticks: { show: false }, font },
        { stroke: ink, grid, ticks: { show: false }, font, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6] },
        ...(score ? [{ scale: "score", side: 1 as const, stroke: ink, grid: { show: false }, ticks: { show: false }, font, size: 36 }] : []),
      ],
      series: [{}, ...quads.map((quad) => ({ fill: classColour(quad), stroke: "transparent", width: 0, paths: bars, points: { show: false } })).reverse(), ...lines],
      hooks: { setSelect: [(u) => this.#brushed(u, series, brush)] },
      tzDate: (at: number) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
    }, [x, ...stacked.reverse(), ...values] as uPlot.AlignedData, place);
    this.#shown(series);
  }

  /** Shade the period that is filtered by already. */
  #shown(series: Series): void {
    const here = new URL(location.href).searchParams;
    const [since, until] = [here.get("since"), here.get("until")];
    const plot = this.#plot;
    if (!plot || this.getAttribute("brush") === null || (!since && !until)) return;
    const low = plot.valToPos(Math.max(seconds((since ?? series.from[0]).padEnd(7, "-01").padEnd(10, "-01")), seconds(series.from[0])), "x");
    const last = until ? seconds(until.length === 10 ? until : until.length === 7 ? `${until}-28` : `${until}-12-31`) : plot.scales.x.max!;
    const high = Math.min(plot.valToPos(last, "x"), plot.over.clientWidth);
    if (high > low) plot.setSelect({ left: low, width: high - low, top: 0, height: plot.over.clientHeight }, false);
  }

  #brushed(plot: uPlot, series: Series, brush: string | null): void {
    const { left, width } = plot.select;
    if (brush === null || width < 4) return;
    const slot = (at: number) => {
      const wanted = plot.posToVal(at, "x");
      let found = 0;
      series.from.forEach((day, i) => { if (seconds(day) <= wanted) found = i; });
      return series.from[found];
    };
    const cut = series.unit === "month" ? 7 : 10;
    const there = new URL(brush || location.pathname + location.search, location.href);
    there.searchParams.set("since", slot(left).slice(0, cut));
    there.searchParams.set("until", slot(left + width).slice(0, cut));
    there.searchParams.delete("after");
    go(this, there.pathname + there.search);
  }
}

customElements.define("dl-timeline", Timeline);
