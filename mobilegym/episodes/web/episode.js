const data = JSON.parse(document.getElementById("data").textContent);
const rows = [...document.querySelectorAll("#steps li")];
const [before, after] = ["before", "after"].map((id) => document.getElementById(id));
const [seek, count, play] = ["seek", "count", "play"].map((id) => document.getElementById(id));
let now = 0, timer = null;

function put(phone, index) {
  const picture = index >= 0 ? data[index].picture : null;
  phone.classList.toggle("empty", !picture);
  if (picture) phone.querySelector("img").src = picture;
}

function mark(touch) {
  const svg = before.querySelector("svg");
  svg.replaceChildren();
  if (!touch) return;
  const draw = (name, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    svg.append(node);
  };
  const unit = svg.viewBox.baseVal.width / 100;
  const ring = { fill: "rgb(61 90 254 / .28)", stroke: "#3d5afe", "stroke-width": unit * 0.9 };
  if (touch.length === 4) {
    const line = { x1: touch[0], y1: touch[1], x2: touch[2], y2: touch[3] };
    draw("line", { ...line, stroke: "#3d5afe", "stroke-width": unit * 2.4, "stroke-linecap": "round", opacity: 0.75 });
    draw("circle", { cx: touch[2], cy: touch[3], r: unit * 2.6, fill: "#3d5afe" });
  }
  draw("circle", { cx: touch[0], cy: touch[1], r: unit * 6.8, fill: "none", stroke: "#fff", "stroke-width": unit * 0.7 });
  draw("circle", { cx: touch[0], cy: touch[1], r: unit * 6, ...ring });
}

function show(index, scroll = true) {
  now = Math.max(0, Math.min(rows.length - 1, index));
  put(before, now - 1 < 0 ? 0 : now - 1);
  put(after, now);
  mark(data[now].touch);
  document.getElementById("before-caption").textContent = now ? `Before · ${data[now].words}` : "Start";
  document.getElementById("after-caption").textContent = now ? `After step ${now}` : "Start";
  rows.forEach((row, i) => row.classList.toggle("on", i === now));
  if (scroll) rows[now].scrollIntoView({ block: "nearest" });
  seek.value = now;
  count.textContent = `${now} / ${rows.length - 1}`;
}

function stop() { clearInterval(timer); timer = null; play.textContent = "▶"; play.ariaLabel = "Play"; }
play.onclick = () => {
  if (timer) return stop();
  if (now === rows.length - 1) show(0);
  play.textContent = "❚❚"; play.ariaLabel = "Pause";
  timer = setInterval(() => (now < rows.length - 1 ? show(now + 1) : stop()), 1100);
};
seek.oninput = () => { stop(); show(Number(seek.value)); };
rows.forEach((row, i) => {
  row.onclick = () => { stop(); show(i, false); };
  row.onkeydown = (event) => { if (event.key === "Enter") row.onclick(); };
});
addEventListener("keydown", (event) => {
  if (event.target === seek || event.ctrlKey || event.metaKey) return;
  const move = { ArrowRight: 1, ArrowDown: 1, j: 1, ArrowLeft: -1, ArrowUp: -1, k: -1 }[event.key];
  if (move) { event.preventDefault(); stop(); show(now + move); }
  if (event.key === " " && event.target === document.body) { event.preventDefault(); play.onclick(); }
});
const asked = Number(location.hash.slice(1));
show(asked || Math.min(1, rows.length - 1), false);
