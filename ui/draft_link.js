// The tab 起草 and the server: what is done is sent, edits after a pause, and what the server has not taken yet is kept
// in this browser. Of all drafts that it is told of, `now` is the one that is shown.
(() => {
  "use strict";

  const PAUSE = 1000;  // milliseconds without a key press after which an edit is sent
  const WAIT = 15000;

  const draft = (window.reportAssistantDraft = {
    now: { key: "", nonce: "", revision: -1, seen: new Map() },
    root: () => document.getElementById("draft"),
    slot: (name) => draft.root().querySelector(`[data-slot="${name}"]`),
  });

  let send = () => {};
  let waiting = 0;  // since when, for the key of a draft that is being kept for the first time
  const queue = [];
  const edits = new Map();  // section or "title" → { timer, seq, act }
  let last = 0;

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
    const root = draft.root();
    const form = {}, offers = {};
    for (const field of root.querySelectorAll("[data-field]")) form[field.dataset.field] = field.value;
    const outline = [...root.querySelectorAll(".outline li")].map((row) => ({
      wanted: row.querySelector("[type=checkbox]").checked,
      text: row.querySelector("[type=text]").value,
      reason: row.dataset.reason,
    }));
    for (const box of root.querySelectorAll(".offers [data-row]:checked")) {
      offers[box.dataset.row] = box.closest("li").querySelector("[type=text]").value;
    }
    const signs = { outline: draft.slot("outline").dataset.sign, offers: draft.slot("offers").dataset.sign };
    return { form, outline, offers, signs };
  }

  function act(name, data = {}) {
    const message = { act: name, ...data };
    const { key, nonce } = draft.now;
    if (!key && Date.now() < waiting + WAIT) return void queue.push(message);
    waiting = !key && !["open", "new", "stop"].includes(name) ? Date.now() : 0;
    send({ ...message, key, nonce, ...(nonce ? left() : {}) });
  }

  // What was done while the key was waited for.
  function arrived() {
    waiting = 0;
    for (const message of queue.splice(0)) act(message.act, message);
  }

  function note(place, name, data) {
    const held = edits.get(place);
    clearTimeout(held?.timer);
    last = Math.max(last + 1, Date.now());
    const one = { seq: last, act: name, data: { ...data, seq: last }, sent: false, timer: setTimeout(() => flush(place), PAUSE) };
    edits.set(place, one);
    const { key } = draft.now;
    if (key) store.write(key, { ...store.read(key), [place]: { act: name, data } });
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

  const taken = (place) => draft.now.seen.get(String(place)) ?? 0;
  const unsent = () => [...edits].some(([place, held]) => held.seq > taken(place));

  function acknowledge() {
    const { key } = draft.now;
    const kept = store.read(key);
    for (const [place, held] of edits) {
      if (held.seq > taken(place)) continue;
      edits.delete(place);
      delete kept[place];
    }
    if (key) store.write(key, kept);
  }

  // What was typed but had not reached the server when the page was left.
  function resume(key) {
    for (const [place, held] of Object.entries(store.read(key))) {
      note(place === "title" ? place : Number(place), held.act, held.data);
    }
    flush();
  }

  let formTimer;
  function changedForm() {
    clearTimeout(formTimer);
    formTimer = setTimeout(() => act("form"), PAUSE);
  }

  Object.assign(draft, { act, arrived, note, flush, taken, unsent, acknowledge, resume, changedForm });
  draft.forget = (place) => (place === undefined ? edits.clear() : edits.delete(place));
  draft.connect = (sender) => { send = sender; };
})();
