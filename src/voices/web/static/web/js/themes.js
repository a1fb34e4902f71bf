// The map of passages by keyboard: one stop for all points, arrows go to the nearest point that way, Enter opens it.
const group = document.querySelector("[data-points]");
const said = document.getElementById("point-dit");
const links = group ? [...group.querySelectorAll("a")] : [];
const places = links.map((link) => {
  const box = link.querySelector(".point").getBBox();
  const moved = link.querySelector(".point").transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
  return { x: box.x + box.width / 2 + moved.e, y: box.y + box.height / 2 + moved.f };
});
const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
let here = 0;

function nearest([across, down]) {
  let best = -1, least = Infinity;
  places.forEach(({ x, y }, at) => {
    const along = (x - places[here].x) * across + (y - places[here].y) * down;
    const aside = Math.abs((x - places[here].x) * down) + Math.abs((y - places[here].y) * across);
    if (at !== here && along > 0.05 && along + 2 * aside < least) [best, least] = [at, along + 2 * aside];
  });
  return best;
}

function go(at) {
  links[here].tabIndex = -1;
  here = at;
  links[here].tabIndex = 0;
}

if (links.length) {
  go(0);
  group.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = nearest(way);
    if (next >= 0) { go(next); links[here].focus(); }
  });
  for (const kind of ["focusin", "pointerover"]) {
    group.addEventListener(kind, (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      if (kind === "focusin") go(links.indexOf(link));
      said.textContent = link.querySelector("title").textContent;
    });
  }
}
