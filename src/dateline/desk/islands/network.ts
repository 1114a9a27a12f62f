// <dl-network src=…>: actors and their ties, laid out by force; dragged, zoomed, clicked through to the actor.
import { drag } from "d3-drag";
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomTransform } from "d3-zoom";
import { classColour, colour, data, legend, make, onTheme } from "./common";

interface Actor { key: string; name: string; events: number; country: string | null; sector: string | null }
interface Tie { a: number; b: number; events: number; quads: number[]; mean: number }
interface Node extends SimulationNodeDatum, Actor { r: number }
interface Link extends SimulationLinkDatum<Node> { events: number; quad: string }

class Network extends HTMLElement {
  #off?: () => void;
  #sized?: ResizeObserver;

  async connectedCallback(): Promise<void> {
    const answer = await data<{ quads: string[]; actors: Actor[]; ties: Tie[] }>(this.getAttribute("src")!);
    if (!this.isConnected) return;
    if (!answer.actors.length) {
      this.replaceChildren(make("p", { class: "none" }, "No ties under these filters."));
      this.dataset.ready = "empty";
      return;
    }
    const canvas = make("canvas", { role: "img", "aria-label": `Network of ${answer.actors.length} actors; its strongest ties are in the table below` });
    const tip = make("div", { class: "tip", hidden: "" });
    this.replaceChildren(canvas, tip, legend(answer.quads));
    const most = Math.max(...answer.actors.map((a) => a.events));
    const nodes: Node[] = answer.actors.map((a) => ({ ...a, r: 4 + 16 * Math.sqrt(a.events / most) }));
    const strongest = Math.max(1, ...answer.ties.map((t) => t.events));
    const links: Link[] = answer.ties.map((t) => ({
      source: nodes[t.a], target: nodes[t.b], events: t.events, quad: answer.quads[t.quads.indexOf(Math.max(...t.quads))],
    }));
    let [width, height] = [600, 560];
    let moved: ZoomTransform = zoomIdentity;

    const draw = () => {
      const dense = devicePixelRatio || 1;
      const pen = canvas.getContext("2d")!;
      pen.setTransform(dense, 0, 0, dense, 0, 0);
      pen.clearRect(0, 0, width, height);
      pen.save();
      pen.translate(moved.x, moved.y);
      pen.scale(moved.k, moved.k);
      for (const link of links) {
        const [a, b] = [link.source as Node, link.target as Node];
        const [dx, dy] = [b.x! - a.x!, b.y! - a.y!];
        pen.beginPath();
        pen.moveTo(a.x!, a.y!);
        // Bent to one side, so that both directions of a tie can be told apart.
        pen.quadraticCurveTo(a.x! + dx / 2 - dy * 0.12, a.y! + dy / 2 + dx * 0.12, b.x!, b.y!);
        pen.strokeStyle = classColour(link.quad);
        pen.globalAlpha = 0.25 + 0.5 * Math.sqrt(link.events / strongest);
        pen.lineWidth = 0.7 + 4.5 * Math.sqrt(link.events / strongest);
        pen.stroke();
      }
      pen.globalAlpha = 1;
      for (const n of nodes) {
        pen.beginPath(); pen.arc(n.x!, n.y!, n.r, 0, 7);
        pen.fillStyle = colour("panel"); pen.fill();
        pen.strokeStyle = colour("ink"); pen.lineWidth = 1.4; pen.stroke();
      }
      pen.textAlign = "center";
      pen.textBaseline = "top";
      // The larger actors are named first; a name that would lie over another is left to the pointer.
      const taken: [number, number, number][] = [];
      const [shown, from] = [width / moved.k, -moved.x / moved.k];
      for (const n of [...nodes].sort((a, b) => b.r - a.r)) {
        pen.font = `${n.r > 10 ? 600 : 400} ${n.r > 10 ? 13 : 11}px system-ui, sans-serif`;
        const half = pen.measureText(n.name).width / 2 + 3;
        const x = Math.max(from + half, Math.min(from + shown - half, n.x!));
        const y = n.y! + n.r + 3;
        if (taken.some(([tx, ty, th]) => Math.abs(ty - y) < 15 && Math.abs(tx - x) < th + half)) continue;
        taken.push([x, y, half]);
        pen.lineWidth = 3; pen.strokeStyle = colour("sea"); pen.strokeText(n.name, x, y);
        pen.fillStyle = colour("ink"); pen.fillText(n.name, x, y);
      }
      pen.restore();
    };

    const size = () => {
      width = this.clientWidth || 600;
      const dense = devicePixelRatio || 1;
      canvas.width = width * dense;
      canvas.height = height * dense;
      canvas.style.height = `${height}px`;
    };
    size();
    const force = forceSimulation<Node>(nodes)
      .force("tie", forceLink<Node, Link>(links).distance((l) => 60 + 130 * (1 - Math.sqrt(l.events / strongest))).strength(0.25))
      .force("apart", forceManyBody().strength(-420))
      .force("room", forceCollide<Node>((n) => n.r + 16))
      .force("middle", forceCenter(width / 2, height / 2))
      .force("x", forceX(width / 2).strength(0.04)).force("y", forceY(height / 2).strength(0.09))
      .stop();
    force.tick(220); // laid out before it is shown: nothing wobbles
    const [left, right] = [Math.min(...nodes.map((n) => n.x!)), Math.max(...nodes.map((n) => n.x!))];
    const [top, bottom] = [Math.min(...nodes.map((n) => n.y!)), Math.max(...nodes.map((n) => n.y!))];
    for (const n of nodes) { // the layout fills the room it has, within reason
      const wide = Math.min(3.2, (width - 160) / Math.max(1, right - left));
      const high = Math.min(2.2, (height - 90) / Math.max(1, bottom - top));
      n.x = width / 2 + (n.x! - (left + right) / 2) * wide;
      n.y = height / 2 - 8 + (n.y! - (top + bottom) / 2) * high;
    }
    for (const n of nodes) { n.x = Math.max(n.r + 30, Math.min(width - n.r - 30, n.x!)); n.y = Math.max(n.r + 8, Math.min(height - n.r - 20, n.y!)); }
    draw();

    const near = (event: MouseEvent): Node | undefined => {
      const box = canvas.getBoundingClientRect();
      const [x, y] = moved.invert([event.clientX - box.left, event.clientY - box.top]);
      return nodes.find((n) => Math.hypot(n.x! - x, n.y! - y) <= n.r + 3);
    };
    let dragged = false;
    select(canvas)
      .call(drag<HTMLCanvasElement, unknown>()
        .subject((event: { sourceEvent: MouseEvent }) => near(event.sourceEvent))
        .on("start", () => { dragged = false; })
        .on("drag", (event: { subject: Node; dx: number; dy: number }) => {
          dragged = true;
          event.subject.x! += event.dx / moved.k;
          event.subject.y! += event.dy / moved.k;
          draw();
        })
      )
      .call(zoom<HTMLCanvasElement, unknown>().scaleExtent([0.3, 6]).on("zoom", (event: { transform: ZoomTransform }) => { moved = event.transform; draw(); }));
    canvas.addEventListener("mousemove", (event) => {
      const found = near(event);
      tip.hidden = !found;
      canvas.style.cursor = found ? "pointer" : "grab";
      if (!found) return;
      tip.textContent = `${found.name}${found.country ? ` (${found.country})` : ""}: ${found.events} events`;
      const [x, y] = moved.apply([found.x!, found.y!]);
      tip.style.left = `${Math.min(x + 14, width - 180)}px`;
      tip.style.top = `${y + 14}px`;
    });
    canvas.addEventListener("mouseleave", () => { tip.hidden = true; });
    canvas.addEventListener("click", (event) => {
      const found = near(event);
      if (found && !dragged) location.assign(`/actor/${encodeURIComponent(found.key.replaceAll("~", "~~").replaceAll("/", "~s"))}`);
    });
    this.#off = onTheme(draw);
    this.#sized = new ResizeObserver(() => { if (this.clientWidth !== width) { size(); draw(); } });
    this.#sized.observe(this);
    this.dataset.ready = "drawn";
  }

  disconnectedCallback(): void { this.#off?.(); this.#sized?.disconnect(); }
}

customElements.define("dl-network", Network);
