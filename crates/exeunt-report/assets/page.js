// The language in the address, and the time slider. Without this script the page shows its moment and switches languages all the same.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const data = JSON.parse(document.getElementById("moves").textContent);
  const editions = [...document.querySelectorAll(".edition")];
  const radios = [...document.querySelectorAll("input[name=language]")];

  function show(language) {
    const radio = radios.find((r) => r.value === language);
    if (!radio) return;
    radio.checked = true;
    root.lang = language;
    root.dir = editions.find((e) => e.lang === language).dir;
    const title = document.querySelector(`.edition[lang=${language}] h1`);
    document.title = title.textContent;
  }
  function asked() {
    const found = /^#lang=(en|ru|ar)$/.exec(location.hash);
    if (found) show(found[1]);
    const part = /^#(en|ru|ar)-/.exec(location.hash);
    if (part) {
      show(part[1]);
      document.getElementById(location.hash.slice(1))?.scrollIntoView();
    }
  }
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      show(radio.value);
      history.replaceState(null, "", `#lang=${radio.value}`);
    });
  }
  window.addEventListener("hashchange", asked);
  show(radios.find((r) => r.checked).value);
  asked();

  // --- time ---
  function at(steps, minute) {
    let value = 0;
    for (const [t, n] of steps ?? []) {
      if (t > minute) break;
      value = n;
    }
    return value;
  }
  function under(view, minute) {
    const shapes = [];
    for (const [by, from, to, starts, ends, look] of data.moves) {
      if (minute < starts || minute >= ends) continue;
      const a = view.points[from];
      const b = view.points[to];
      if (!a || !b || (a[0] === b[0] && a[1] === b[1])) continue;
      const done = (minute - starts) / (ends - starts);
      const x = Math.round(a[0] + (b[0] - a[0]) * done);
      const y = Math.round(a[1] + (b[1] - a[1]) * done);
      let d = `M${x - 40} ${y - 40}h80v80h-80z`;
      if (by === 0) {
        const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
        const [u, v] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
        const point = (ahead, aside) =>
          `${Math.round(x + ahead * u - aside * v)} ${Math.round(y + ahead * v + aside * u)}`;
        d = `M${point(75, 0)}L${point(-50, -50)}L${point(-50, 50)}z`;
      }
      shapes.push(`<path class="${look}" d="${d}"/>`);
    }
    return shapes.join("");
  }
  function words(edition, t) {
    const days = JSON.parse(edition.dataset.days);
    const local = t + data.offset;
    const first = Math.floor((data.start + data.offset) / 86400);
    const day = days[Math.min(days.length - 1, Math.floor(local / 86400) - first)];
    const minute = Math.floor((((local % 86400) + 86400) % 86400) / 60);
    const two = (n) => String(n).padStart(2, "0");
    const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    return edition.dataset.moment.replace("%d", day).replace("%t", time);
  }
  function move(t) {
    const minute = (t - data.start) / 60;
    for (const edition of editions) {
      const number = (n) => n.toLocaleString(edition.lang === "ru" ? "ru" : "en");
      const clock = edition.querySelector("input.clock");
      const said = words(edition, t);
      clock.value = t;
      clock.setAttribute("aria-valuetext", said);
      edition.querySelector("output.clock-time").textContent = said;
      for (const line of edition.querySelectorAll(".clock-line")) {
        const { from, to, left, right, drawn } = line.dataset;
        const along = (t - from) / (to - from);
        const x = Number(left) + (right - left) * Math.min(1, Math.max(0, along));
        line.setAttribute("transform", `translate(${Math.round(x - drawn)})`);
      }
      for (const moving of edition.querySelectorAll(".moving")) {
        const view = data.views[moving.dataset.view];
        moving.innerHTML = under(view, minute);
        const svg = moving.closest("svg");
        for (const mark of svg.querySelectorAll("[data-mark]")) {
          const places = view.marks[mark.dataset.mark];
          const people = places.reduce((sum, place) => sum + at(data.people[place], minute), 0);
          if (mark.tagName === "circle") mark.setAttribute("r", Math.floor(Math.sqrt(Math.max(0, people) * 100)));
          else mark.textContent = people > 0 ? number(people) : "";
        }
      }
      for (const cell of edition.querySelectorAll("[data-place]")) {
        cell.textContent = number(at(data.people[cell.dataset.place], minute));
      }
    }
  }
  for (const edition of editions) {
    edition.querySelector("input.clock").addEventListener("input", (e) => move(Number(e.target.value)));
    const back = edition.querySelector(".clock-back");
    back.addEventListener("click", () => move(Number(back.dataset.to)));
  }
})();
