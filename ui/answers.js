// What is done with an answer: copying it, judging it, asking on from it; and the filters above the question.
(() => {
  "use strict";

  const NAMES = ["year", "org", "kind", "part"];
  const KEPT = "report-assistant-filters";
  const REFRESH = 20000;  // milliseconds between two looks at what other pages have changed

  const lists = () => NAMES.map((name) => document.getElementById(name)).filter(Boolean);
  const place = (element) =>
    [...document.querySelectorAll("#conversation .answer:not(.waiting)")].indexOf(element.closest(".answer"));

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
    } catch {
      return {};
    }
  }

  function mark() {
    const chosen = Object.fromEntries(lists().map((list) => [list.name, list.value]));
    for (const list of lists()) list.closest(".chip").classList.toggle("set", Boolean(list.value));
    const clear = document.querySelector("#filters .clear");
    if (clear) clear.hidden = !lists().some((list) => list.value);
    return chosen;
  }

  function choose(chosen) {
    for (const list of lists()) {
      const value = chosen[list.name] ?? "";
      if ([...list.options].some((option) => option.value === value)) list.value = value;
    }
    sessionStorage.setItem(KEPT, JSON.stringify(mark()));
  }

  // The rich form goes beside the plain one, so that a word processor keeps raised marks and paragraphs.
  async function copy(button) {
    const tools = button.closest(".tools");
    const isFull = button.classList.contains("full");
    const text = tools.querySelector(isFull ? ".plain" : ".alone").textContent;
    const paragraphs = text.split("\n").map((line) => Object.assign(document.createElement("p"), { textContent: line }));
    const html = isFull ? tools.querySelector(".rich").innerHTML : paragraphs.map((one) => one.outerHTML).join("");
    try {
      const item = (kind, content) => [kind, new Blob([content], { type: kind })];
      await navigator.clipboard.write([
        new ClipboardItem(Object.fromEntries([item("text/plain", text), item("text/html", html)])),
      ]);
    } catch {
      const put = (event) => {
        event.clipboardData.setData("text/plain", text);
        event.clipboardData.setData("text/html", html);
        event.preventDefault();
      };
      document.addEventListener("copy", put, { once: true });
      document.execCommand("copy");
      document.removeEventListener("copy", put);
    }
    const words = button.querySelectorAll("span");
    const show = (done) => { words[0].hidden = done; words[1].hidden = !done; };
    show(true);
    setTimeout(show, 1500, false);
  }

  // A chip of an answer becomes a list of what else there is; choosing from it asks again.
  function change(chip, trigger) {
    const name = NAMES.find((one) => chip.classList.contains(one));
    const source = document.getElementById(name);
    const turn = place(chip);
    if (!source || turn < 0) return;
    const list = source.cloneNode(true);
    list.removeAttribute("id");
    list.className = "rechoose";
    list.setAttribute("aria-label", chip.title);
    const now = chip.querySelector(".value").textContent;
    const at = [...list.options].find((option) => option.textContent === now);
    if (!at) list.prepend(Object.assign(document.createElement("option"), { textContent: now, value: "\u0000" }));
    list.value = at ? at.value : "\u0000";
    let open = true;  // taking the list away blurs it, which would take it away again
    const close = () => {
      if (!open) return;
      open = false;
      list.remove();
      chip.hidden = false;
    };
    list.addEventListener("change", () => {
      const value = list.value;
      close();
      if (value === "\u0000") return;
      // A year or a body goes into the question's own words; where it was set by hand, that is changed as well.
      const isWord = name === "year" || name === "org";
      if (!isWord || source.value) choose({ ...mark(), [name]: value });
      trigger("click", { again: { turn, name, value } });
    });
    list.addEventListener("blur", close);
    list.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Escape") return;
      close();
      chip.focus();
    });
    chip.hidden = true;
    chip.after(list);
    list.focus();
    try {
      list.showPicker();
    } catch {
      // It opens with the next click or key.
    }
  }

  function keepNote(field, trigger) {
    const judging = field.closest(".judging");
    const verdict = judging.querySelector(".judge.on")?.classList.contains("bad") ? "bad" : "good";
    trigger("select", { turn: place(judging), verdict, note: field.value });
  }

  // What cannot be said in the answer's own HTML: which verdict is on, and the note as it was kept.
  function finish() {
    for (const button of document.querySelectorAll(".judge")) {
      const isOn = String(button.classList.contains("on"));
      if (button.getAttribute("aria-pressed") !== isOn) button.setAttribute("aria-pressed", isOn);
    }
    for (const noted of document.querySelectorAll(".judging .noted")) {
      const field = noted.parentElement.querySelector(".note-field");
      if (field && field.dataset.kept !== noted.textContent) {
        field.dataset.kept = noted.textContent;
        field.value = noted.textContent;
      }
    }
    for (const plot of document.querySelectorAll("#conversation svg.plot:not([role])")) {
      plot.setAttribute("role", "img");
      plot.setAttribute("aria-label", plot.querySelector("title")?.textContent ?? "");
    }
  }

  window.reportAssistantAnswers = {
    chosen: () => JSON.stringify(mark()),
    filters(element, watch) {
      choose(kept());
      watch("value", () => choose(kept()));
      element.addEventListener("change", () => sessionStorage.setItem(KEPT, JSON.stringify(mark())));
      element.addEventListener("click", (event) => {
        if (!event.target.closest(".clear")) return;
        choose({});
        lists()[0]?.focus();
      });
    },
    watch(element, trigger) {
      let judged = null;
      document.addEventListener("click", (event) => {
        const on = (selector) => event.target.closest?.(`#conversation ${selector}`);
        const button = on("button.copy") ?? on("button.followup") ?? on(".understood .chip") ?? on("button.judge")
          ?? on("button.keep-note");
        if (!button) return;
        if (button.matches(".copy")) copy(button);
        else if (button.matches(".followup")) {
          choose({});  // it is known to be answered from the whole archive, not from a part of it
          trigger("click", { ask: button.textContent });
        }
        else if (button.matches(".chip")) change(button, trigger);
        else if (button.matches(".keep-note")) keepNote(button.parentElement.querySelector(".note-field"), trigger);
        else {
          judged = place(button);
          trigger("select", { turn: judged, verdict: button.classList.contains("bad") ? "bad" : "good" });
        }
      });
      document.addEventListener("keydown", (event) => {
        const field = event.target.closest?.(".note-field");
        if (!field) return;
        event.stopPropagation();
        if (event.key === "Enter" && !event.isComposing) keepNote(field, trigger);
      });
      new MutationObserver(() => {
        finish();
        const field = judged === null ? null
          : document.querySelectorAll("#conversation .answer:not(.waiting)")[judged]?.querySelector(".note-field");
        if (field) {
          judged = null;
          field.focus();
        }
      }).observe(document.body, { childList: true, subtree: true });
      const isBusy = () => document.querySelector("#talks :is(.retitle, .undo), .rechoose, .answer.waiting")
        || document.activeElement?.closest?.(".judging");
      const look = () => {
        if (document.visibilityState === "visible" && !isBusy()) trigger("submit", {});
      };
      setInterval(look, REFRESH);
      window.addEventListener("focus", look);
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const field = document.querySelector("#question textarea");
    if (!field?.checkVisibility()) return;
    event.preventDefault();
    field.focus();
  });
})();
