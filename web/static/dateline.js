// The only script. It makes the pages quicker to use; everything works without it.
// Its texts are data- attributes of the templates; what it stores stays in this browser.

const box = document.querySelector("#q");
const storage = {
  read(name) {
    try {
      const values = JSON.parse(localStorage.getItem(`dateline.${name}`));
      return Array.isArray(values) ? values.filter((each) => typeof each === "string") : [];
    } catch {
      return [];
    }
  },
  write(name, values) {
    try {
      localStorage.setItem(`dateline.${name}`, JSON.stringify(values));
    } catch {
      // Storage is disabled or full: nothing is stored.
    }
  },
};

// Search box: completions of the typed text, and recent searches under an empty box.

const MAX_RECENT = 8;
const DEBOUNCE_MS = 150; // at more than 6 keys a second, only the last one sends a request

function addRecent(text) {
  const others = storage.read("recent").filter((each) => each !== text);
  storage.write("recent", [text, ...others].slice(0, MAX_RECENT));
}

function removeRecent(text) {
  storage.write("recent", storage.read("recent").filter((each) => each !== text));
}

class Combobox {
  constructor(input) {
    this.input = input;
    this.data = input.form.dataset;
    this.panel = document.createElement("div");
    this.panel.className = "suggestions";
    this.panel.hidden = true;
    this.list = document.createElement("ul");
    this.list.id = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.hint = document.createElement("p");
    this.hint.className = "hint";
    this.panel.append(this.list, this.hint);
    input.parentElement.after(this.panel);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions" };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";
    input.addEventListener("input", () => this.schedule());
    input.addEventListener("focus", () => input.value || this.showRecent());
    input.addEventListener("click", () => input.value || this.showRecent());
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.handleKey(event));
    this.panel.addEventListener("mousedown", (event) => this.handlePress(event));
  }

  schedule() {
    clearTimeout(this.timer);
    if (!this.input.value.trim()) this.showRecent();
    else this.timer = setTimeout(() => this.fetchSuggestions(), DEBOUNCE_MS);
  }

  async fetchSuggestions() {
    const text = this.input.value;
    try {
      const response = await fetch(`${this.data.suggest}?${new URLSearchParams({ q: text })}`);
      const body = response.ok ? await response.json() : { suggestions: [] };
      const current = text === this.input.value && document.activeElement === this.input;
      if (current) this.show(body.suggestions, this.data.suggestions);
    } catch {
      this.close(); // No network: the box works without suggestions.
    }
  }

  showRecent() {
    this.show(storage.read("recent"), this.data.recent, this.data.removeHint);
  }

  show(texts, label, removeHint = "") {
    clearTimeout(this.timer);
    this.active = -1;
    this.removeHint = removeHint;
    this.list.setAttribute("aria-label", label);
    this.hint.textContent = removeHint ? `${label}. ${removeHint}` : "";
    this.hint.hidden = !removeHint;
    this.list.replaceChildren(...texts.map((text, position) => this.createOption(text, position)));
    this.toggle(texts.length > 0);
    this.markActive();
  }

  createOption(text, position) {
    const option = document.createElement("li");
    option.id = `suggestion-${position}`;
    option.setAttribute("role", "option");
    option.dataset.text = text;
    const words = document.createElement("span");
    words.dir = "auto";
    words.textContent = text;
    option.append(words);
    if (this.removeHint) {
      const remove = document.createElement("span");
      remove.className = "remove";
      remove.textContent = "×";
      remove.title = this.removeHint;
      remove.setAttribute("aria-hidden", "true");
      option.append(remove);
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
    this.markActive();
  }

  markActive() {
    const options = [...this.list.children];
    options.forEach((each, position) =>
      each.setAttribute("aria-selected", String(position === this.active)),
    );
    const active = this.panel.hidden ? undefined : options[this.active];
    if (active) this.input.setAttribute("aria-activedescendant", active.id);
    else this.input.removeAttribute("aria-activedescendant");
    return active;
  }

  move(step) {
    if (this.panel.hidden) return this.input.value.trim() ? this.fetchSuggestions() : this.showRecent();
    const count = this.list.children.length + 1; // the box itself is one of the positions
    this.active = ((this.active + 1 + step + count) % count) - 1;
    this.markActive();
  }

  handleKey(event) {
    const active = this.markActive();
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !this.panel.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      this.submit(active.dataset.text);
    } else if (event.key === "Delete" && active && this.removeHint) {
      event.preventDefault();
      this.remove(active.dataset.text);
    }
  }

  handlePress(event) {
    const option = event.target.closest("[role=option]");
    event.preventDefault(); // so that the box keeps the focus
    if (!option || event.button) return;
    if (event.target.closest(".remove")) this.remove(option.dataset.text);
    else this.submit(option.dataset.text);
  }

  submit(text) {
    this.input.value = text;
    this.close();
    this.input.form.requestSubmit();
  }

  remove(text) {
    removeRecent(text);
    this.showRecent();
  }
}

// Histogram: dragging over bars selects a period, and so do Shift and the arrow keys. The bars of a
// story's timeline link to articles on the page, so no period is selected there.

class Histogram {
  constructor(figure) {
    this.svg = figure.querySelector("svg");
    this.bars = [...this.svg.querySelectorAll("a")];
    this.output = figure.querySelector("output");
    this.svg.setAttribute("aria-description", figure.dataset.keyboardHint);
    this.bars.forEach((bar, position) => bar.setAttribute("tabindex", position ? "-1" : "0"));
    this.svg.addEventListener("keydown", (event) => this.handleKey(event));
    this.selectable = !figure.matches(".timeline");
    if (!this.selectable) return;
    this.svg.addEventListener("dragstart", (event) => event.preventDefault());
    this.svg.addEventListener("pointerdown", (event) => this.startDrag(event));
    this.svg.addEventListener("pointermove", (event) => this.drag(event));
    this.svg.addEventListener("pointerup", () => this.endDrag());
    this.svg.addEventListener("pointercancel", () => this.clear());
    this.svg.addEventListener("click", (event) => this.dragged && event.preventDefault(), true);
  }

  startDrag(event) {
    this.dragged = false;
    this.from = event.button ? undefined : event.clientX;
  }

  drag(event) {
    if (this.from === undefined || (!this.dragged && Math.abs(event.clientX - this.from) < 5)) return;
    if (!this.dragged) this.svg.setPointerCapture(event.pointerId);
    this.dragged = true;
    const [left, right] = [this.from, event.clientX].sort((one, other) => one - other);
    const positions = this.bars.flatMap((bar, position) => {
      const area = bar.getBoundingClientRect();
      return area.right >= left && area.left <= right ? [position] : [];
    });
    this.select(positions.at(0), positions.at(-1));
  }

  endDrag() {
    this.from = undefined;
    if (this.dragged && this.selected) this.open();
    else if (this.dragged) this.clear();
  }

  handleKey(event) {
    const position = this.bars.indexOf(event.target.closest("a"));
    const last = this.bars.length - 1;
    const steps = { ArrowLeft: position - 1, ArrowRight: position + 1, Home: 0, End: last };
    if (event.key === "Escape" && this.selectable) this.clear();
    if (event.key === "Enter" && this.selected) {
      event.preventDefault();
      this.open();
    }
    if (!(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(last, steps[event.key]));
    if (event.shiftKey && this.selectable) {
      this.anchor ??= position;
      this.select(Math.min(this.anchor, next), Math.max(this.anchor, next));
    } else if (this.selectable) this.clear();
    this.bars[position].setAttribute("tabindex", "-1");
    this.bars[next].setAttribute("tabindex", "0");
    this.bars[next].focus();
  }

  select(first, last) {
    this.selected = first === undefined ? undefined : [this.bars[first], this.bars[last]];
    this.bars.forEach((bar, position) =>
      bar.classList.toggle("selected", position >= first && position <= last),
    );
    const names = (this.selected ?? []).map((bar) => bar.getAttribute("aria-label").split(":")[0]);
    this.output.textContent = [...new Set(names)].join(" – ");
  }

  clear() {
    this.from = this.anchor = undefined;
    this.dragged = false;
    this.select();
  }

  open() {
    const [first, last] = this.selected.map((bar) => new URL(bar.href.baseVal, location.href));
    first.searchParams.set("to", last.searchParams.get("to"));
    location.assign(first);
  }
}

// Shortcuts: `/` focuses the search box; j and k go to the next and previous result, and so do the
// arrow keys once a result has the focus.

const RESULTS = ":is(.groups, .days) h2 a, .frontpage :is(h3 a, .rail li > a:not(.story-link))";

function isTextField(target) {
  return target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

function focusResult(offset) {
  const results = [...document.querySelectorAll(RESULTS)];
  const current = results.indexOf(document.activeElement);
  const next = results[current < 0 ? 0 : current + offset];
  next?.focus();
  return next;
}

function handleShortcut(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || isTextField(event.target)) return;
  const arrow = event.target.matches(RESULTS) && { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (arrow) {
    if (focusResult(arrow)) event.preventDefault();
  } else if (!storage.read("keys").includes("off")) {
    if (event.key === "j") focusResult(1);
    if (event.key === "k") focusResult(-1);
    if (event.key === "/" && box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  }
}

function enableShortcutButton(button) {
  const show = () =>
    button.setAttribute("aria-pressed", String(!storage.read("keys").includes("off")));
  button.addEventListener("click", () => {
    storage.write("keys", storage.read("keys").includes("off") ? [] : ["off"]);
    show();
  });
  show();
  button.hidden = false;
}

// Panels with an id stay open or closed as the reader left them.

function rememberPanels() {
  for (const panel of document.querySelectorAll("details[id]")) {
    if (storage.read("open").includes(panel.id)) panel.open = true;
    panel.addEventListener("toggle", () => {
      const others = storage.read("open").filter((id) => id !== panel.id);
      storage.write("open", panel.open ? [...others, panel.id] : others);
    });
  }
}

if (box) new Combobox(box);
if (box?.value.trim() && document.querySelector(".groups")) addRecent(box.value.trim());
for (const figure of document.querySelectorAll(".histogram")) new Histogram(figure);
document.querySelectorAll(".keys").forEach(enableShortcutButton);
document.addEventListener("keydown", handleShortcut);
rememberPanels();
