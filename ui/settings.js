// Look, size of text and language are kept in this browser and hold before the page is built; then the tab 设置 itself.
(() => {
  "use strict";

  const english = () => location.pathname.startsWith("/en");
  const lang = () => (english() ? "en" : "zh");
  const SIZES = { normal: 1, large: 1.12, larger: 1.25 };
  const DARK = "(prefers-color-scheme: dark)";
  const OWN = { "x-from": "page", "content-type": "application/json" };
  const SOON = 700;

  // A browser that keeps nothing (a private window with storage forbidden) shows the page all the same.
  const kept = (name) => {
    try { return localStorage.getItem(`report-assistant-${name}`); } catch { return null; }
  };
  const keep = (name, value) => {
    try { localStorage.setItem(`report-assistant-${name}`, value); } catch { /* it holds until the page is left */ }
  };

  if (location.pathname === "/" && kept("language") === "en") location.replace("/en/");

  // Gradio asks the browser whether it is dark, before or after this script runs; what was chosen here answers instead.
  let look = kept("look") ?? "system";
  const plain = window.matchMedia.bind(window);
  const system = plain(DARK);
  const told = new Set();
  system.addEventListener("change", () => told.forEach((tell) => tell()));
  const chosen = {
    media: DARK,
    get matches() { return look === "system" ? system.matches : look === "dark"; },
    addEventListener: (_, tell) => told.add(tell),
    removeEventListener: (_, tell) => told.delete(tell),
    addListener: (tell) => told.add(tell),
    removeListener: (tell) => told.delete(tell),
  };
  window.matchMedia = (query) => (query.replace(/\s+/g, " ").trim() === DARK ? chosen : plain(query));

  const paint = () => document.body.classList.toggle("dark", chosen.matches);
  told.add(paint);
  if (look !== "system") {
    if (document.body) paint();
    else document.addEventListener("DOMContentLoaded", paint);
  }

  function resize(size) {
    const root = document.documentElement;
    if (!(size in SIZES) || size === "normal") {
      delete root.dataset.size;
      root.style.removeProperty("--zoom");
      return;
    }
    root.dataset.size = size;
    root.style.setProperty("--zoom", SIZES[size]);
  }
  resize(kept("size"));

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-language]");
    if (link) keep("language", link.dataset.language);
  });

  let panel = null;
  let timer = 0;
  let who = "";

  function say(line, fault = false) {
    const place = panel.querySelector(".parts > .said");
    place.textContent = line;
    place.classList.toggle("fault", fault);
    place.hidden = !line;
    if (line) place.scrollIntoView({ block: "nearest" });
  }

  const body = (name) => panel.querySelector(`[data-part="${name}"] > .body`);

  // A form that somebody is filling in is not taken away from him.
  function fill(parts) {
    for (const [name, html] of Object.entries(parts)) {
      const place = body(name);
      if (!place || place.contains(document.activeElement)) continue;
      const open = [...place.querySelectorAll("details")].map((one) => one.open);
      place.innerHTML = html;
      place.querySelectorAll("details").forEach((one, at) => { one.open = open[at] ?? false; });
    }
  }

  async function load() {
    try {
      const answer = await fetch(`/settings/parts?lang=${lang()}&who=${encodeURIComponent(who)}`);
      if (!answer.ok) return say(await answer.text(), true);
      const now = await answer.json();
      fill(now.parts);
      if (now.busy) follow();
    } catch {
      say(panel.querySelector(".parts > .said").dataset.failed, true);
    }
  }

  async function follow() {
    clearTimeout(timer);
    let busy = true;
    try {
      const answer = await fetch(`/settings/tasks?lang=${lang()}`);
      if (!answer.ok) return;
      const now = await answer.json();
      busy = now.busy;
      for (const [name, html] of Object.entries(now.tasks)) {
        const place = panel.querySelector(`[data-job="${name}"]`);
        if (!place || place.outerHTML === html) continue;
        const held = place.contains(document.activeElement);
        place.outerHTML = html;
        if (held) panel.querySelector(`[data-job="${name}"] button`)?.focus();
      }
    } catch { /* looked at again below */ }
    if (busy) timer = setTimeout(follow, SOON);
  }

  async function act(what, fields) {
    say("");
    try {
      const answer = await fetch(`/settings/do/${what}?lang=${lang()}`, {
        method: "POST", headers: OWN, body: JSON.stringify(fields),
      });
      if (!answer.ok) {
        say(await answer.text(), true);
        return null;
      }
      const now = await answer.json();
      say(now.said);
      return now;
    } catch {
      say(panel.querySelector(".parts > .said").dataset.failed, true);
      return null;
    }
  }

  // What cannot be taken back is asked for twice.
  function sure(button) {
    if (!button.dataset.sure || button.classList.contains("sure")) return true;
    const label = button.textContent;
    button.classList.add("sure");
    button.textContent = button.dataset.sure;
    setTimeout(() => {
      button.classList.remove("sure");
      button.textContent = label;
    }, 4000);
    return false;
  }

  async function clicked(event) {
    const lead = event.target.closest("[data-lead]");
    if (lead) {
      const head = panel.querySelector(`#set-${lead.dataset.lead}`);
      head.scrollIntoView({ block: "start" });
      head.focus({ preventScroll: true });
      return;
    }
    const button = event.target.closest("button[data-act]");
    if (!button) return;
    const { act: what, name } = button.dataset;
    if (what === "copy") {
      await navigator.clipboard?.writeText(button.previousElementSibling.textContent);
      button.textContent = button.dataset.done;
    } else if (what === "user-password") {
      const form = button.parentElement.querySelector("form");
      form.hidden = !form.hidden;
      form.querySelector("input").focus();
    } else if (what === "check" || what === "stop") {
      if (await act(what, { name })) follow();
    } else if (sure(button)) {
      if (await act(what, { name })) {
        button.blur();
        await load();
      }
    }
  }

  async function sent(event) {
    const form = event.target.closest("form[data-act]");
    if (!form) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    if (form.dataset.name) fields.name = form.dataset.name;
    const now = await act(form.dataset.act, fields);
    if (!now) return;
    form.reset();
    form.closest("details")?.removeAttribute("open");
    document.activeElement?.blur?.();
    await load();
    if (now.token) {
      const place = panel.querySelector(".secret");
      place.querySelector("output").textContent = now.token;
      place.hidden = false;
      place.scrollIntoView({ block: "nearest" });
    }
  }

  async function changed(event) {
    const field = event.target;
    if (field.name === "set-look") {
      look = field.value;
      keep("look", look);
      told.forEach((tell) => tell());
    } else if (field.name === "set-size") {
      keep("size", field.value);
      resize(field.value);
    } else if (field.dataset.filter === "audit") {
      who = field.value;
      field.blur();
      await load();
      body("audit").querySelector("select").focus();
    } else if (field.matches("td > select")) {
      if (await act("user-role", { name: field.closest("tr").dataset.user, role: field.value })) field.blur();
      await load();
    }
  }

  window.reportAssistantSettings = {
    open(element) {
      panel = element;
      for (const [name, value] of [["look", look], ["size", kept("size") ?? "normal"]]) {
        const radio = panel.querySelector(`input[name="set-${name}"][value="${value}"]`);
        if (radio) radio.checked = true;
      }
      panel.querySelector(`.part a[data-language="${lang()}"]`)?.setAttribute("aria-current", "true");
      panel.addEventListener("click", clicked);
      panel.addEventListener("submit", sent);
      panel.addEventListener("change", changed);
      new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) load(); }).observe(panel);
    },
  };
})();
