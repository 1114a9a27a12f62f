// <dl-map src=… link=…>: events by place on an outline of the world; <dl-map single lat lon label>: one place.
import { geoEqualEarth, geoGraticule10, geoPath, type GeoPermissibleObjects } from "d3-geo";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomTransform } from "d3-zoom";
import { feature, mesh } from "topojson-client";
import { classColour, colour, data, legend, make, onTheme } from "./common";

interface Spot { place: string; lat: number; lon: number; events: number; quads: number[] }

let world: Promise<any> | undefined;
const outline = () => (world ??= data<any>(new URL("/static/world.json", location.href).href));

class WorldMap extends HTMLElement {
  #off?: () => void;
  #sized?: ResizeObserver;

  async connectedCallback(): Promise<void> {
    const one = this.hasAttribute("single");
    const [topology, answer] = await Promise.all([
      outline(),
      one ? null : data<{ quads: string[]; places: Spot[] }>(this.getAttribute("src")!),
    ]);
    if (!this.isConnected) return;
    const quads = answer?.quads ?? [];
    const spots: Spot[] = answer?.places ?? [{
      place: this.getAttribute("label") ?? "", lat: Number(this.getAttribute("lat")), lon: Number(this.getAttribute("lon")),
      events: 1, quads: [],
    }];
    const canvas = make("canvas", { role: "img", "aria-label": one ? `Map: ${spots[0].place}` : `Map of ${spots.length} places where events took place` });
    const tip = make("div", { class: "tip", hidden: "" });
    this.replaceChildren(canvas, tip, ...(one ? [] : [legend(quads)]));
    const land = feature(topology, topology.objects.land) as GeoPermissibleObjects;
    const borders = mesh(topology, topology.objects.countries, (a: unknown, b: unknown) => a !== b) as GeoPermissibleObjects;
    const points: GeoPermissibleObjects = { type: "MultiPoint", coordinates: spots.map((s) => [s.lon, s.lat]) };
    const projection = geoEqualEarth();
    let [width, height] = [600, 300];
    let moved: ZoomTransform = zoomIdentity;
    const most = Math.max(1, ...spots.map((s) => s.events));
    const radius = (s: Spot) => (one ? 6 : 2.5 + 13 * Math.sqrt(s.events / most));
    const at = (s: Spot): [number, number] => moved.apply(projection([s.lon, s.lat]) ?? [-99, -99]);

    const size = () => {
      width = this.clientWidth || 600;
      height = one ? 260 : this.hasAttribute("large") ? Math.min(620, Math.max(320, width * 0.5)) : Math.min(420, Math.max(260, width * 0.42));
      const dense = devicePixelRatio || 1;
      canvas.width = width * dense;
      canvas.height = height * dense;
      canvas.style.height = `${height}px`;
      // The places with room around them; the whole world if there are none.
      const focus = spots.length ? points : ({ type: "Sphere" } as GeoPermissibleObjects);
      projection.fitExtent([[40, 30], [width - 40, height - 30]], focus);
      const closest = (one ? 5 : 9) * width / 6.3;
      if (!Number.isFinite(projection.scale()) || projection.scale() > closest) {
        const middle = spots.reduce((sum, s) => [sum[0] + s.lon / spots.length, sum[1] + s.lat / spots.length], [0, 0]);
        projection.scale(closest).translate([width / 2, height / 2]);
        const [x, y] = projection(middle as [number, number])!;
        projection.translate([width - x, height - y]);
      }
    };

    const draw = () => {
      const dense = devicePixelRatio || 1;
      const pen = canvas.getContext("2d")!;
      pen.setTransform(dense, 0, 0, dense, 0, 0);
      pen.clearRect(0, 0, width, height);
      pen.save();
      pen.translate(moved.x, moved.y);
      pen.scale(moved.k, moved.k);
      const path = geoPath(projection, pen);
      pen.beginPath(); path(land); pen.fillStyle = colour("land"); pen.fill();
      pen.beginPath(); path(borders); pen.strokeStyle = colour("coast"); pen.lineWidth = 0.8 / moved.k; pen.stroke();
      pen.beginPath(); path(geoGraticule10()); pen.strokeStyle = colour("hair"); pen.lineWidth = 0.3 / moved.k; pen.stroke();
      pen.restore();
      for (const s of [...spots].reverse()) {
        const [x, y] = at(s);
        if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
        const r = radius(s);
        pie(pen, x, y, r, s, quads);
      }
      if (one || moved.k > 2 || spots.length < 14) name(pen, spots.slice(0, 40), at, radius);
    };

    const near = (event: MouseEvent): Spot | undefined => {
      const box = canvas.getBoundingClientRect();
      const [mx, my] = [event.clientX - box.left, event.clientY - box.top];
      return spots.find((s) => { const [x, y] = at(s); return Math.hypot(x - mx, y - my) <= radius(s) + 3; });
    };

    const moving = zoom<HTMLCanvasElement, unknown>().scaleExtent([0.5, 24])
      .filter((event: Event) => event.type !== "wheel" || (event as WheelEvent).ctrlKey || this.hasAttribute("large"))
      .on("zoom", (event: { transform: ZoomTransform }) => { moved = event.transform; tip.hidden = true; draw(); });
    select(canvas).call(moving);
    canvas.addEventListener("mousemove", (event) => {
      const found = near(event);
      tip.hidden = !found;
      canvas.style.cursor = found ? "pointer" : "grab";
      if (!found) return;
      tip.textContent = one ? found.place : `${found.place}: ${found.events} events`;
      const [x, y] = at(found);
      tip.style.left = `${Math.min(x + 12, width - 180)}px`;
      tip.style.top = `${y + 12}px`;
    });
    canvas.addEventListener("mouseleave", () => { tip.hidden = true; });
    canvas.addEventListener("click", (event) => {
      const found = near(event);
      const link = this.getAttribute("link");
      if (!found || !link) return;
      const there = new URL(link, location.href);
      there.searchParams.set("place", found.place);
      location.assign(there.pathname + there.search);
    });
    size(); draw();
    this.#off = onTheme(draw);
    this.#sized = new ResizeObserver(() => { if (this.clientWidth !== width) { size(); draw(); } });
    this.#sized.observe(this);
    this.dataset.ready = "drawn";
  }

  disconnectedCallback(): void { this.#off?.(); this.#sized?.disconnect(); }
}

/** A dot cut into the classes of its events. */
function pie(pen: CanvasRenderingContext2D, x: number, y: number, r: number, s: Spot, quads: string[]): void {
  let from = -Math.PI / 2;
  pen.globalAlpha = 0.85;
  if (!s.quads.length) { pen.beginPath(); pen.arc(x, y, r, 0, 7); pen.fillStyle = colour("link"); pen.fill(); }
  s.quads.forEach((n, i) => {
    if (!n) return;
    const to = from + (2 * Math.PI * n) / s.events;
    pen.beginPath(); pen.moveTo(x, y); pen.arc(x, y, r, from, to); pen.closePath();
    pen.fillStyle = classColour(quads[i]); pen.fill();
    from = to;
  });
  pen.globalAlpha = 1;
  pen.beginPath(); pen.arc(x, y, r, 0, 7); pen.strokeStyle = colour("paper"); pen.lineWidth = 1; pen.stroke();
}

function name(pen: CanvasRenderingContext2D, spots: Spot[], at: (s: Spot) => [number, number], radius: (s: Spot) => number): void {
  pen.font = "12px system-ui, sans-serif";
  pen.textBaseline = "middle";
  const taken: [number, number, number][] = [];
  for (const s of spots) {
    const [x, y] = at(s);
    const text = s.place.split(",")[0];
    const w = pen.measureText(text).width;
    if (taken.some(([tx, ty, tw]) => Math.abs(ty - y) < 14 && x < tx + tw && tx < x + w)) continue;
    taken.push([x, y, w + 24]);
    pen.lineWidth = 3; pen.strokeStyle = colour("sea"); pen.strokeText(text, x + radius(s) + 4, y);
    pen.fillStyle = colour("ink"); pen.fillText(text, x + radius(s) + 4, y);
  }
}

customElements.define("dl-map", WorldMap);
