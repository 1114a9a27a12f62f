// <dl-timeline src=… [brush[=PATH]] [score]>: events by time and class as stacked bars; brushing a period filters by it.
import uPlot from "uplot";
import { classColour, colour, CLASSES, data, go, legend, make, onTheme, table } from "./common";

interface Series { unit: string; from: string[]; series: Record<string, number[]>; outside?: number }
interface Score { month: string; events: number; mean: number }
interface Answer { timeline?: Series; score?: { there: Score[]; back: Score[] } }

const HEIGHT = 150;
const seconds = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;

class Timeline extends HTMLElement {
  #plot?: uPlot;
  #scores?: uPlot;
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
    if (series.outside) this.append(make("p", { class: "note" }, `${series.outside} events long before or after are not drawn.`));
    const draw = () => this.#draw(place, series, quads, this.hasAttribute("score") ? answer.score : undefined);
    draw();
    this.#off = onTheme(draw);
    this.#sized = new ResizeObserver(() => {
      this.#plot?.setSize({ width: place.clientWidth, height: HEIGHT });
      this.#scores?.setSize({ width: place.clientWidth, height: 130 });
    });
    this.#sized.observe(place);
    this.dataset.ready = "drawn";
  }

  disconnectedCallback(): void {
    this.#off?.();
    this.#sized?.disconnect();
    this.#plot?.destroy();
    this.#scores?.destroy();
  }

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
    place.replaceChildren();
    const x = series.from.map(seconds);
    // The last bar begins at its day: the axis ends a month (a day) after it.
    const slot = (series.unit === "month" ? 31 : 1) * 86_400;
    const whole = (): [number, number] => [x[0], x[x.length - 1] + slot];
    const sums = new Array<number>(x.length).fill(0);
    const stacked = quads.map((quad) => series.series[quad].map((n, i) => (sums[i] += n)));
    const bars = uPlot.paths.bars!({ size: [0.86, 28], align: 1 });
    const ink = colour("soft");
    const grid = { stroke: colour("hair"), width: 1 };
    const font = "12px system-ui, sans-serif";
    const brush = this.getAttribute("brush");
    this.#plot = new uPlot({
      width: place.clientWidth || 600, height: HEIGHT, legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: brush !== null, y: false, setScale: false } },
      scales: { x: { time: true, range: whole }, y: { range: (_u, _min, max) => [0, Math.max(1, max * 1.08)] } },
      axes: [
        { stroke: ink, grid: { show: false }, ticks: { show: false }, font },
        { stroke: ink, grid, ticks: { show: false }, font, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6] },
      ],
      series: [{}, ...quads.map((quad) => ({ fill: classColour(quad), stroke: "transparent", width: 0, paths: bars, points: { show: false } })).reverse()],
      hooks: { setSelect: [(u) => this.#brushed(u, series, brush)] },
      tzDate: (at: number) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
    }, [x, ...stacked.reverse()] as uPlot.AlignedData, place);
    this.#shown(series);
    if (score) this.#drawScore(place, series, score, x, whole);
  }

  /** The mean score above the bars: this direction as a line, the other dashed. */
  #drawScore(place: HTMLElement, series: Series, score: NonNullable<Answer["score"]>, x: number[], whole: () => [number, number]): void {
    this.#scores?.destroy();
    const held = make("div");
    place.prepend(held);
    const font = "12px system-ui, sans-serif";
    const lines = ([[score.there, [], "ink", 2], [score.back, [5, 4], "soft", 1.4]] as [Score[], number[], string, number][]).map(([list, dash, name, width]) => {
      const means = new Map(list.map((one) => [one.month, one.mean]));
      return {
        values: series.from.map((day) => means.get(day.slice(0, 7)) ?? null),
        line: { stroke: colour(name), width, dash, spanGaps: true, points: { show: list.length < 40, size: 5, fill: colour(name) } } as uPlot.Series,
      };
    });
    this.#scores = new uPlot({
      width: place.clientWidth || 600, height: 130, legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } }, scales: { x: { time: true, range: whole }, y: { range: [-10.5, 10.5] } },
      axes: [{ show: false }, { stroke: colour("soft"), grid: { stroke: colour("hair"), width: 1 }, ticks: { show: false }, font, size: 44, incrs: [5, 10] }],
      series: [{}, ...lines.map((one) => one.line)],
      tzDate: (at: number) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
    }, [x, ...lines.map((one) => one.values)] as uPlot.AlignedData, held);
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
