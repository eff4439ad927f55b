// Dateline's one script: what makes the pages quicker to use. Everything works without it.
// Its texts are in data- attributes of the templates; what it keeps stays in this browser.

const box = document.querySelector("#q");
const keep = {
  read(name) {
    try {
      const kept = JSON.parse(localStorage.getItem(`dateline.${name}`));
      return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
    } catch {
      return [];
    }
  },
  write(name, values) {
    try {
      localStorage.setItem(`dateline.${name}`, JSON.stringify(values));
    } catch {
      // No storage, or none left: nothing is remembered.
    }
  },
};

// The box: completions of what is typed, and under the empty box what was asked before.

const MOST_RECENT = 8;
const PAUSE_MS = 150; // between key and question: faster typists than 6 keys a second ask once

function remember(text) {
  const others = keep.read("recent").filter((each) => each !== text);
  keep.write("recent", [text, ...others].slice(0, MOST_RECENT));
}

function forget(text) {
  keep.write("recent", keep.read("recent").filter((each) => each !== text));
}

class Combobox {
  constructor(input) {
    this.input = input;
    this.words = input.form.dataset;
    this.panel = document.createElement("div");
    this.panel.className = "offers";
    this.panel.hidden = true;
    this.list = document.createElement("ul");
    this.list.id = "offers";
    this.list.setAttribute("role", "listbox");
    this.hint = document.createElement("p");
    this.hint.className = "hint";
    this.panel.append(this.list, this.hint);
    input.parentElement.after(this.panel);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "offers" };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";
    input.addEventListener("input", () => this.later());
    input.addEventListener("focus", () => input.value || this.offerRecent());
    input.addEventListener("click", () => input.value || this.offerRecent());
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.key(event));
    this.panel.addEventListener("mousedown", (event) => this.press(event));
  }

  later() {
    clearTimeout(this.timer);
    if (!this.input.value.trim()) this.offerRecent();
    else this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const asked = this.input.value;
    try {
      const answer = await fetch(`${this.words.suggest}?${new URLSearchParams({ q: asked })}`);
      const told = answer.ok ? await answer.json() : { suggestions: [] };
      const current = asked === this.input.value && document.activeElement === this.input;
      if (current) this.show(told.suggestions, this.words.suggested);
    } catch {
      this.close(); // No network: the box is a box.
    }
  }

  offerRecent() {
    this.show(keep.read("recent"), this.words.recent, this.words.forget);
  }

  show(texts, label, forgettable = "") {
    clearTimeout(this.timer);
    this.active = -1;
    this.forgettable = forgettable;
    this.list.setAttribute("aria-label", label);
    this.hint.textContent = forgettable ? `${label}. ${forgettable}` : "";
    this.hint.hidden = !forgettable;
    this.list.replaceChildren(...texts.map((text, place) => this.option(text, place)));
    this.toggle(texts.length > 0);
    this.mark();
  }

  option(text, place) {
    const option = document.createElement("li");
    option.id = `offer-${place}`;
    option.setAttribute("role", "option");
    option.dataset.text = text;
    const words = document.createElement("span");
    words.dir = "auto";
    words.textContent = text;
    option.append(words);
    if (this.forgettable) {
      const cross = document.createElement("span");
      cross.className = "cross";
      cross.textContent = "×";
      cross.title = this.forgettable;
      cross.setAttribute("aria-hidden", "true");
      option.append(cross);
    }
    return option;
  }

  toggle(open) {
    this.panel.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.toggle(false);
    this.active = -1;
    this.mark();
  }

  mark() {
    const options = [...this.list.children];
    options.forEach((each, place) =>
      each.setAttribute("aria-selected", String(place === this.active)),
    );
    const chosen = this.panel.hidden ? undefined : options[this.active];
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
    return chosen;
  }

  move(step) {
    if (this.panel.hidden) return this.input.value.trim() ? this.ask() : this.offerRecent();
    const count = this.list.children.length + 1; // the box itself is one of the stops
    this.active = ((this.active + 1 + step + count) % count) - 1;
    this.mark();
  }

  key(event) {
    const chosen = this.mark();
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !this.panel.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      this.choose(chosen.dataset.text);
    } else if (event.key === "Delete" && chosen && this.forgettable) {
      event.preventDefault();
      this.drop(chosen.dataset.text);
    }
  }

  press(event) {
    const option = event.target.closest("[role=option]");
    event.preventDefault(); // the box keeps the focus
    if (!option || event.button) return;
    if (event.target.closest(".cross")) this.drop(option.dataset.text);
    else this.choose(option.dataset.text);
  }

  choose(text) {
    this.input.value = text;
    this.close();
    this.input.form.requestSubmit();
  }

  drop(text) {
    forget(text);
    this.offerRecent();
  }
}

// The histogram: a period is picked by dragging over bars, or with Shift and the arrows. Of a story's
// timeline, whose bars lead to what stands on the page, none is picked.

class Histogram {
  constructor(figure) {
    this.svg = figure.querySelector("svg");
    this.bars = [...this.svg.querySelectorAll("a")];
    this.told = figure.querySelector("output");
    this.svg.setAttribute("aria-description", figure.dataset.keys);
    this.bars.forEach((bar, place) => bar.setAttribute("tabindex", place ? "-1" : "0"));
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.pickable = !figure.matches(".timeline");
    if (!this.pickable) return;
    this.svg.addEventListener("dragstart", (event) => event.preventDefault());
    this.svg.addEventListener("pointerdown", (event) => this.down(event));
    this.svg.addEventListener("pointermove", (event) => this.drag(event));
    this.svg.addEventListener("pointerup", () => this.up());
    this.svg.addEventListener("pointercancel", () => this.clear());
    this.svg.addEventListener("click", (event) => this.dragged && event.preventDefault(), true);
  }

  down(event) {
    this.dragged = false;
    this.from = event.button ? undefined : event.clientX;
  }

  drag(event) {
    if (this.from === undefined || (!this.dragged && Math.abs(event.clientX - this.from) < 5)) return;
    if (!this.dragged) this.svg.setPointerCapture(event.pointerId);
    this.dragged = true;
    const [left, right] = [this.from, event.clientX].sort((one, other) => one - other);
    const places = this.bars.flatMap((bar, place) => {
      const room = bar.getBoundingClientRect();
      return room.right >= left && room.left <= right ? [place] : [];
    });
    this.pick(places.at(0), places.at(-1));
  }

  up() {
    this.from = undefined;
    if (this.dragged && this.picked) this.open();
    else if (this.dragged) this.clear();
  }

  key(event) {
    const place = this.bars.indexOf(event.target.closest("a"));
    const last = this.bars.length - 1;
    const steps = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: last };
    if (event.key === "Escape" && this.pickable) this.clear();
    if (event.key === "Enter" && this.picked) {
      event.preventDefault();
      this.open();
    }
    if (!(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(last, steps[event.key]));
    if (event.shiftKey && this.pickable) {
      this.anchor ??= place;
      this.pick(Math.min(this.anchor, next), Math.max(this.anchor, next));
    } else if (this.pickable) this.clear();
    this.bars[place].setAttribute("tabindex", "-1");
    this.bars[next].setAttribute("tabindex", "0");
    this.bars[next].focus();
  }

  pick(first, last) {
    this.picked = first === undefined ? undefined : [this.bars[first], this.bars[last]];
    this.bars.forEach((bar, place) =>
      bar.classList.toggle("picked", place >= first && place <= last),
    );
    const names = (this.picked ?? []).map((bar) => bar.getAttribute("aria-label").split(":")[0]);
    this.told.textContent = [...new Set(names)].join(" – ");
  }

  clear() {
    this.from = this.anchor = undefined;
    this.dragged = false;
    this.pick();
  }

  open() {
    const [first, last] = this.picked.map((bar) => new URL(bar.href.baseVal, location.href));
    first.searchParams.set("to", last.searchParams.get("to"));
    location.assign(first);
  }
}

// Keys: `/` to the box; j and k from one result to the next, and the arrows once one has the focus.

const RESULTS = ":is(.groups, .days) h2 a, .frontpage :is(h3 a, .rail li > a:not(.whole))";

function typing(target) {
  return target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

function step(by) {
  const results = [...document.querySelectorAll(RESULTS)];
  const now = results.indexOf(document.activeElement);
  const next = results[now < 0 ? 0 : now + by];
  next?.focus();
  return next;
}

function shortcut(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  const arrow = event.target.matches(RESULTS) && { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (arrow) {
    if (step(arrow)) event.preventDefault();
  } else if (!keep.read("keys").includes("off")) {
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (event.key === "/" && box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  }
}

function offerKeys(button) {
  const show = () =>
    button.setAttribute("aria-pressed", String(!keep.read("keys").includes("off")));
  button.addEventListener("click", () => {
    keep.write("keys", keep.read("keys").includes("off") ? [] : ["off"]);
    show();
  });
  show();
  button.hidden = false;
}

// Panels with a name stay as the reader left them.

function rememberPanels() {
  for (const panel of document.querySelectorAll("details[id]")) {
    if (keep.read("open").includes(panel.id)) panel.open = true;
    panel.addEventListener("toggle", () => {
      const others = keep.read("open").filter((id) => id !== panel.id);
      keep.write("open", panel.open ? [...others, panel.id] : others);
    });
  }
}

if (box) new Combobox(box);
if (box?.value.trim() && document.querySelector(".groups")) remember(box.value.trim());
for (const figure of document.querySelectorAll(".histogram")) new Histogram(figure);
document.querySelectorAll(".keys").forEach(offerKeys);
document.addEventListener("keydown", shortcut);
rememberPanels();
