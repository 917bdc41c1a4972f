// The tab 起草: the parts that the server sends go to their places, without touching what is being typed; and what is
// chosen in the text shows its grounds beside it.
(() => {
  "use strict";

  const draft = window.reportAssistantDraft;
  const { root, slot, taken } = draft;
  const places = { section: ".parts", because: ".becauses .all", exemplars: ".models .all" };
  let chosen = { section: 0, sentence: "" };

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

  function apply(element) {
    const got = element.querySelector(".wire");
    if (!got || !root()) return;
    const { key, nonce, revision, seen, sections, running, drafted, replaces } = got.dataset;
    if (nonce === draft.now.nonce && Number(revision) < draft.now.revision) return;
    const other = nonce !== draft.now.nonce;
    const times = seen.split(" ").filter(Boolean).map((one) => [one.split(":")[0], Number(one.split(":")[1])]);
    draft.now = { key, nonce, revision: Number(revision), seen: new Map(times), replaces };
    if (other) {
      draft.forget();
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
    draft.acknowledge();
    if (other && key) draft.resume(key);
    for (const button of root().querySelectorAll("[aria-busy]")) release(button);
    showGrounds();
    remember();
    draft.arrived();
  }

  const TYPED = { title: "textarea", shelf: "input" };  // parts that are left alone while the writer types into them

  function place(part, other) {
    const name = part.dataset.part;
    const [kind, number] = name.split("-");
    if (name === "added") return append(part);
    if (!(kind in places)) {
      const target = slot(name);
      if (!other && name in TYPED && target.contains(document.activeElement) && document.activeElement.matches(TYPED[name])) return;
      if (fill(target, part) && name === "title") grow(target.querySelector("textarea"));
      return;
    }
    const target = numbered(root().querySelector(places[kind]), name);
    const field = target.querySelector(".edit:not([hidden])");
    if (field) {  // being edited: left alone until the writer is done and the server has it
      if (!(Number(field.dataset.until ?? Infinity) <= taken(number))) return;
      draft.forget(Number(number));
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
    draft.changedForm();
  }

  function remember() {
    const hash = draft.now.key ? `#draft-${draft.now.key}` : "";
    if (!root().checkVisibility() || location.hash === hash) return;
    history.replaceState(null, "", hash || location.pathname + location.search);
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

  // From a finding, or a stretch that an exemplar has too, to its place in the text; without one to the facts.
  function jump(link) {
    const { section, check, same, facts } = link.dataset;
    if (facts !== undefined) {
      const field = root().querySelector('[data-field="facts"]');
      field.scrollIntoView({ block: "center" });
      return field.focus({ preventScroll: true });
    }
    const part = root().querySelector(`.part[data-number="${section}"]`);
    if (!part) return;
    const named = check === undefined ? `mark[data-same~="${same}"]` : `mark[data-checks~="${check}"]`;
    const mark = part.querySelector(named);
    const sentence = mark?.closest(".sentence");
    choose(Number(section), sentence?.dataset.why ?? "");
    const target = sentence ?? part.querySelector("h2");
    (mark ?? target).scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }

  Object.assign(draft, { apply, remember, grow, choose, jump, chosen: () => chosen });
})();
