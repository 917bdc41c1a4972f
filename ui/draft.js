// The tab 起草: puts the parts that the server sends into their places without touching what is being typed, sends
// what is done and typed, and keeps in this browser what the server has not taken yet.
(() => {
  "use strict";

  const LINK = /^#draft-([0-9a-f]+)$/;
  const asked = LINK.exec(location.hash)?.[1] ?? "";
  const PAUSE = 1000;  // milliseconds without a key press after which an edit is sent
  const TAB = "起草";

  const root = () => document.getElementById("draft");
  const slot = (name) => root().querySelector(`[data-slot="${name}"]`);
  const tab = () => [...document.querySelectorAll("#tabs > .tab-wrapper button:not([tabindex=\"-1\"])")].find((one) => one.textContent.trim() === TAB);

  let send = () => {};
  let wire = null;
  let now = { key: "", nonce: "", revision: -1, seen: new Map() };
  let waiting = 0;  // since when, for the key of a draft that is being kept for the first time
  const WAIT = 15000;
  const queue = [];
  const edits = new Map();  // section or "title" → { timer, seq, act }
  let last = 0;
  let chosen = { section: 0, sentence: "" };

  const store = {
    name: (key) => `report-assistant-draft-${key}`,
    read(key) { try { return JSON.parse(localStorage.getItem(this.name(key))) ?? {}; } catch { return {}; } },
    write(key, held) {
      try {
        if (Object.keys(held).length) localStorage.setItem(this.name(key), JSON.stringify(held));
        else localStorage.removeItem(this.name(key));
      } catch { /* a browser without a store: the edit is sent all the same */ }
    },
  };

  function left() {
    const form = {}, offers = {};
    for (const field of root().querySelectorAll("[data-field]")) form[field.dataset.field] = field.value;
    const outline = [...root().querySelectorAll(".outline li")].map((row) => ({
      wanted: row.querySelector("[type=checkbox]").checked,
      text: row.querySelector("[type=text]").value,
      reason: row.dataset.reason,
    }));
    for (const box of root().querySelectorAll(".offers [data-row]:checked")) {
      offers[box.dataset.row] = box.closest("li").querySelector("[type=text]").value;
    }
    const signs = { outline: slot("outline").dataset.sign, offers: slot("offers").dataset.sign };
    return { form, outline, offers, signs };
  }

  function act(name, data = {}) {
    const message = { act: name, ...data };
    if (!now.key && Date.now() < waiting + WAIT) return void queue.push(message);
    waiting = !now.key && !["open", "new", "stop"].includes(name) ? Date.now() : 0;
    send({ ...message, key: now.key, nonce: now.nonce, ...(now.nonce ? left() : {}) });
  }

  // Edits: sent after a pause, kept in this browser until the server has them.
  function note(place, name, data) {
    const held = edits.get(place);
    clearTimeout(held?.timer);
    last = Math.max(last + 1, Date.now());
    const one = { seq: last, act: name, data: { ...data, seq: last }, sent: false, timer: setTimeout(() => flush(place), PAUSE) };
    edits.set(place, one);
    if (now.key) store.write(now.key, { ...store.read(now.key), [place]: { act: name, data } });
    return last;
  }

  function flush(place) {
    for (const [one, held] of edits) {
      if ((place !== undefined && one !== place) || held.sent) continue;
      clearTimeout(held.timer);
      held.sent = true;
      act(held.act, held.data);
    }
  }

  function acknowledge() {
    const kept = store.read(now.key);
    for (const [place, held] of edits) {
      if (held.seq > taken(place)) continue;
      edits.delete(place);
      delete kept[place];
    }
    if (now.key) store.write(now.key, kept);
  }

  const taken = (place) => now.seen.get(String(place)) ?? 0;
  const unsent = () => [...edits].some(([place, held]) => held.seq > taken(place));

  // Parts to their places.
  function fill(place, part) {
    if (!place || place.dataset.sign === part.dataset.sign) return false;
    place.dataset.sign = part.dataset.sign;
    place.innerHTML = part.dataset.html;
    return true;
  }

  function numbered(parent, name) {
    const found = parent.querySelector(`:scope > [data-slot="${name}"]`);
    if (found) return found;
    const made = document.createElement("div");
    made.dataset.slot = name;
    parent.append(made);
    return made;
  }

  const places = { section: ".parts", because: ".becauses .all", exemplars: ".models .all" };

  function apply(element) {
    const got = element.querySelector(".wire");
    if (!got || !root()) return;
    const { key, nonce, revision, seen, sections, running, drafted } = got.dataset;
    if (nonce === now.nonce && Number(revision) < now.revision) return;
    const other = nonce !== now.nonce;
    wire = got;
    now = { key, nonce, revision: Number(revision), seen: new Map(seen.split(" ").filter(Boolean).map((one) => [one.split(":")[0], Number(one.split(":")[1])])) };
    if (other) {
      edits.clear();
      chosen = { section: 0, sentence: "" };
      for (const parent of Object.values(places)) root().querySelector(parent).replaceChildren();
      slot("title").dataset.sign = "";
    }
    root().dataset.running = running;
    root().dataset.drafted = drafted;
    for (const part of got.children) place(part, other);
    for (const parent of Object.values(places)) {
      for (const one of root().querySelector(parent).querySelectorAll(":scope > [data-slot]")) {
        if (Number(one.dataset.slot.split("-")[1]) >= Number(sections)) one.remove();
      }
    }
    acknowledge();
    if (other && key) resume(key);
    for (const button of root().querySelectorAll("[aria-busy]")) release(button);
    showGrounds();
    remember();
    waiting = 0;
    for (const message of queue.splice(0)) act(message.act, message);
  }

  function place(part, other) {
    const name = part.dataset.part;
    const [kind, number] = name.split("-");
    if (name === "added") return append(part);
    if (!(kind in places)) {
      const target = slot(name);
      if (name === "title" && !other && target.contains(document.activeElement)) return;
      if (fill(target, part) && name === "title") grow(target.querySelector("textarea"));
      return;
    }
    const target = numbered(root().querySelector(places[kind]), name);
    const field = target.querySelector(".edit:not([hidden])");
    if (field) {  // being edited: left alone until the writer is done and the server has it
      if (!(Number(field.dataset.until ?? Infinity) <= taken(number))) return;
      edits.delete(Number(number));
      target.dataset.sign = "";
      fill(target, part);
      target.querySelector('[data-do="edit"]')?.focus({ preventScroll: true });
      return;
    }
    if (target.querySelector(".ask:not([hidden])")?.contains(document.activeElement)) return;
    fill(target, part);
  }

  function append(part) {
    const field = root().querySelector('[data-field="facts"]');
    const before = field.dataset.sign;
    field.dataset.sign = part.dataset.sign;
    if (before === undefined || before === part.dataset.sign || part.dataset.sign.endsWith(".0")) return;
    const text = new DOMParser().parseFromString(part.dataset.html, "text/html").body.textContent;
    if (!text) return;
    field.value = field.value.trim() ? `${field.value.replace(/\n+$/, "")}\n${text}` : text;
    changedForm();
  }

  // What was typed but had not reached the server when the page was left.
  function resume(key) {
    for (const [place, held] of Object.entries(store.read(key))) {
      note(place === "title" ? place : Number(place), held.act, held.data);
    }
    flush();
  }

  function remember() {
    const hash = now.key ? `#draft-${now.key}` : "";
    if (!root().checkVisibility() || location.hash === hash) return;
    history.replaceState(null, "", hash || location.pathname + location.search);
  }

  function hold(button) {
    button.setAttribute("aria-busy", "true");
    button.disabled = true;
  }

  function release(button) {
    button.removeAttribute("aria-busy");
    button.disabled = false;
  }

  function grow(field) {
    if (!field) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  function showGrounds() {
    const { section, sentence } = chosen;
    for (const one of root().querySelectorAll(".models .all > [data-slot]")) {
      one.hidden = one.dataset.slot !== `exemplars-${section}`;
    }
    const part = root().querySelector(`.part[data-number="${section}"]`);
    root().querySelector(".models .which").textContent = part ? part.querySelector("h2").textContent : "";
    let found = false;
    for (const one of root().querySelectorAll("[data-because]")) {
      one.hidden = one.dataset.because !== sentence;
      found ||= !one.hidden;
    }
    root().querySelector(".becauses .hint").hidden = found;
    for (const one of root().querySelectorAll(".sentence")) one.classList.toggle("chosen", one.dataset.why === sentence);
    for (const one of root().querySelectorAll(".part")) one.classList.toggle("current", Number(one.dataset.number) === section);
  }

  function choose(section, sentence = "") {
    chosen = { section, sentence };
    showGrounds();
  }

  function jump(link) {
    const section = Number(link.dataset.section);
    const part = root().querySelector(`.part[data-number="${section}"]`);
    if (!part) return;
    const mark = [...part.querySelectorAll("mark")].find((one) => one.dataset.checks.split(" ").includes(link.dataset.check));
    const sentence = mark?.closest(".sentence");
    choose(section, sentence?.dataset.why ?? "");
    const target = sentence ?? part.querySelector("h2");
    (mark ?? target).scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }

  function open(part) {
    const fields = part.querySelector(".edit");
    fields.hidden = false;
    part.classList.add("editing");
    const text = fields.querySelector("textarea");
    grow(text);
    text.focus();
    choose(Number(part.dataset.number));
  }

  function typed(part) {
    const [heading, text] = part.querySelectorAll(".edit :is(input, textarea)");
    return { number: Number(part.dataset.number), heading: heading.value, text: text.value };
  }

  let formTimer;
  function changedForm() {
    clearTimeout(formTimer);
    formTimer = setTimeout(() => act("form"), PAUSE);
  }

  const doing = {
    offers: (button) => { hold(button); act("offers"); },
    outline: (button) => { hold(button); act("outline"); },
    heading() {
      const row = document.getElementById("draft-heading").content.firstElementChild.cloneNode(true);
      root().querySelector(".outline").append(row);
      row.querySelector("[type=text]").focus();
    },
    write() {
      if (root().dataset.drafted && !window.confirm(wire.dataset.replaces)) return;
      flush();
      act("write");
    },
    stop: () => act("stop"),
    edit: (button) => open(button.closest(".part")),
    done(button) {
      const part = button.closest(".part");
      const data = typed(part);
      part.querySelector(".edit").dataset.until = note(data.number, "edit", data);
      flush(data.number);
    },
    again(button) {
      const ask = button.closest(".tools").querySelector(".ask");
      ask.hidden = !ask.hidden;
      if (!ask.hidden) ask.querySelector("input").focus();
    },
    redraft(button) {
      const part = button.closest(".part");
      const ask = part.querySelector(".ask");
      flush();
      act("redraft", { number: Number(part.dataset.number), instruction: ask.querySelector("input").value });
      ask.hidden = true;
    },
    restore: (button) => act("restore", { number: Number(button.closest(".part").dataset.number) }),
    save() { flush(); act("save", { name: root().querySelector("[data-name]").value }); },
    rename() {
      root().querySelectorAll("details.pop").forEach((one) => { one.open = false; });
      const field = root().querySelector("[data-name]");
      field.focus();
      field.select();
    },
    new: () => leave("new"),
  };

  function leave(name, data) {
    flush();
    act(name, data);
    root().querySelectorAll("details.pop").forEach((one) => { one.open = false; });
  }

  async function table(input) {
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    const reader = new FileReader();
    reader.onload = () => act("xlsx", { data: String(reader.result).split(",")[1] ?? "" });
    reader.readAsDataURL(file);
  }

  function download(event, link) {
    if (!unsent()) return;
    event.preventDefault();
    flush();
    const until = Date.now() + 10000;
    const timer = setInterval(() => {
      if (unsent() && Date.now() < until) return;
      clearInterval(timer);
      if (!unsent()) link.click();
    }, 100);
  }

  function clicked(event) {
    const target = event.target;
    const link = target.closest("a");
    const button = target.closest("button");
    if (link?.matches(".download")) return download(event, link);
    if (link) event.preventDefault();
    if (link?.dataset.check) return jump(link);
    if (link?.dataset.open) return leave("open", { open: link.dataset.open });
    if (link?.dataset.version) return leave("version", { version: Number(link.dataset.version) });
    if (button?.dataset.delete) return act("delete", { delete: button.dataset.delete });
    if (button?.dataset.undo) return leave("undo", { undo: button.dataset.undo });
    if (button && !button.disabled && button.dataset.do in doing) return doing[button.dataset.do](button);
    const part = target.closest(".part");
    if (!part || target.closest(".edit, .tools")) return;
    const why = target.closest(".sentence")?.dataset.why ?? "";
    choose(Number(part.dataset.number), why === chosen.sentence ? "" : why);
  }

  function pressed(event) {
    const target = event.target;
    if (event.isComposing) return;
    if (event.key === "Escape") return root().querySelectorAll("details.pop").forEach((one) => { one.open = false; });
    if (!["Enter", " "].includes(event.key)) return;
    if (target.matches(".sentence, .part h2, .file")) {
      event.preventDefault();
      target.click();
    } else if (event.key === "Enter" && target.matches("[data-name]")) {
      doing.save();
    } else if (event.key === "Enter" && target.matches(".ask input")) {
      doing.redraft(target);
    } else if (event.key === "Enter" && target.matches("textarea.title")) {
      event.preventDefault();
      target.blur();
    }
  }

  function input(event) {
    const target = event.target;
    const part = target.closest(".part");
    if (target.matches("textarea")) grow(target.matches("[data-field]") ? null : target);
    if (target.matches(".outline [type=text]")) {  // a heading that was changed is the writer's own
      const row = target.closest("li");
      row.dataset.reason = "";
      row.querySelector(".why")?.remove();
    }
    if (target.matches(".title")) note("title", "title", { title: target.value });
    else if (part && target.closest(".edit")) note(Number(part.dataset.number), "edit", typed(part));
    else if (target.closest(".order") && target.type !== "file") changedForm();
  }

  function changed(event) {
    const target = event.target;
    if (target.dataset.act === "xlsx") table(target);
    if (target.matches("[data-sources]")) {
      for (const link of root().querySelectorAll("a.download")) {
        link.href = link.getAttribute("href").replace(/sources=[01]/, `sources=${target.checked ? 1 : 0}`);
      }
    }
  }

  window.reportAssistantDraft = {
    start(element, trigger, watch) {
      send = (message) => trigger("click", message);
      watch("value", () => apply(element));
      const begin = () => {  // the frame may be put on the page after this
        const place = root();
        if (!["form", "shelf", "checks"].every((name) => place && slot(name))) return void setTimeout(begin, 30);
        place.addEventListener("click", clicked);
        place.addEventListener("keydown", pressed);
        place.addEventListener("input", input);
        place.addEventListener("change", changed);
        document.addEventListener("click", (event) => {
          for (const one of place.querySelectorAll("details.pop[open]")) if (!one.contains(event.target)) one.open = false;
          if (event.target.closest?.("#tabs > .tab-wrapper button")) setTimeout(remember, 50);
        });
        window.addEventListener("pagehide", () => flush());
        act("open", { open: asked });
      };
      begin();
    },
  };

  // An address that names a draft opens its tab.
  if (asked) {
    const timer = setInterval(() => {  // its button may be there before it listens
      if (root()?.checkVisibility()) clearInterval(timer);
      else tab()?.click();
    }, 200);
    setTimeout(clearInterval, 20000, timer);
  }
})();
