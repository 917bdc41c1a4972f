// The tab 起草: what the writer does there, with mouse and keys.
(() => {
  "use strict";

  const draft = window.reportAssistantDraft;
  const { root, slot, act, note, flush, unsent, changedForm, apply, remember, grow, choose, jump, chosen } = draft;
  const LINK = /^#draft-([0-9a-f]+)$/;
  const asked = LINK.exec(location.hash)?.[1] ?? "";

  function hold(button) {
    button.setAttribute("aria-busy", "true");
    button.disabled = true;
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

  const doing = {
    offers: (button) => { hold(button); act("offers"); },
    outline: (button) => { hold(button); act("outline"); },
    heading() {
      const row = document.getElementById("draft-heading").content.firstElementChild.cloneNode(true);
      root().querySelector(".outline").append(row);
      row.querySelector("[type=text]").focus();
    },
    write() {
      if (root().dataset.drafted && !window.confirm(draft.now.replaces)) return;
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
    label(button) {
      const ask = button.closest("li").querySelector(".ask");
      ask.hidden = !ask.hidden;
      if (!ask.hidden) ask.querySelector("input").focus();
    },
    labelled(button) {
      const ask = button.closest(".ask");
      ask.hidden = true;
      act("label", { version: Number(ask.dataset.version), label: ask.querySelector("input").value });
    },
    close: () => choose(chosen().section),
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
    if (link?.dataset.check || link?.dataset.same) return jump(link);
    if (link?.dataset.open) return leave("open", { open: link.dataset.open });
    if (link?.dataset.version) return leave("version", { version: Number(link.dataset.version) });
    if (button?.dataset.delete) return act("delete", { delete: button.dataset.delete });
    if (button?.dataset.undo) return leave("undo", { undo: button.dataset.undo });
    if (button && !button.disabled && button.dataset.do in doing) return doing[button.dataset.do](button);
    const part = target.closest(".part");
    if (!part || target.closest(".edit, .tools")) return;
    const why = target.closest(".sentence")?.dataset.why ?? "";
    choose(Number(part.dataset.number), why === chosen().sentence ? "" : why);
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
      doing[target.closest(".part") ? "redraft" : "labelled"](target);
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

  draft.start = (element, trigger, watch) => {
    draft.connect((message) => trigger("click", message));
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
  };

  // An address that names a draft opens its tab.
  function tab() {  // what is in it comes only when it is opened: it is known by its word
    const buttons = [...document.querySelectorAll('#tabs > .tab-wrapper button:not([tabindex="-1"])')];
    return buttons.find((one) => one.textContent.trim() === window.draftTab);
  }

  if (asked) {
    const timer = setInterval(() => {  // its button may be there before it listens
      if (root()?.checkVisibility()) clearInterval(timer);
      else tab()?.click();
    }, 200);
    setTimeout(clearInterval, 20000, timer);
  }
})();
