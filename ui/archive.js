// The tab 档案库: files go up one by one, the server tells how far it is; clicks and unfolding of reports.
(() => {
  "use strict";

  const english = () => location.pathname.startsWith("/en");
  const lang = () => (english() ? "en" : "zh");
  const OWN = { "x-from": "page" };
  const SOON = 1000;
  const LATER = 15000;

  let trigger = null;
  let panel = null;
  let version = -1;
  let finished = null;
  let timer = 0;
  let folded = null;
  let sending = 0;
  let stopped = false;

  const fault = (line) => {
    const place = panel.querySelector("[data-fault]");
    place.textContent = line;
    place.hidden = !line;
  };

  function show(html) {
    const job = panel.querySelector(".job");
    const scrolled = job.querySelector(".each ul")?.scrollTop ?? 0;
    job.innerHTML = html;
    const each = job.querySelector("details.each");
    if (each && folded !== null) each.open = folded;
    const list = job.querySelector(".each ul");
    if (list) list.scrollTop = scrolled;
    job.classList.toggle("some", Boolean(html));
  }

  async function look() {
    clearTimeout(timer);
    let pause = LATER;
    try {
      const answer = await fetch(`/collect?lang=${lang()}&seen=${version}`);
      if (answer.status === 401 || answer.status === 403) {
        panel.hidden = true;
        return;
      }
      panel.hidden = false;
      const now = await answer.json();
      if (now.html !== undefined) show(now.html);
      version = now.version;
      pause = now.busy || sending ? SOON : LATER;
      if (finished !== null && now.finished !== finished) trigger?.("click", { act: "look" });
      if (finished === null && now.finished) trigger?.("click", { act: "look" });
      finished = now.finished;
    } catch {
      pause = LATER;
    }
    timer = setTimeout(look, pause);
  }

  async function post(address, body) {
    const answer = await fetch(address, { method: "POST", headers: OWN, body });
    if (!answer.ok && answer.status !== 400) throw new Error(await answer.text());
    return answer.headers.get("content-type")?.includes("json") ? answer.json() : {};
  }

  // One after the other: a slow disk is not made faster, and each failure stays its own file's.
  async function send(files) {
    fault("");
    if (!files.length) return;
    sending += 1;
    stopped = false;
    let upload = null;
    try {
      const list = files.map(({ path, file }) => ({ path, size: file.size }));
      const answer = await post("/collect/begin", JSON.stringify({ files: list }));
      upload = answer.upload;
      look();
      for (const number of answer.wanted) {
        await post(`/collect/${upload}/${number}`, files[answer.files[number]].file);
      }
    } catch (error) {
      const told = error instanceof TypeError ? panel.querySelector("[data-fault]").dataset.fault : error.message;
      if (!stopped) fault(told);
    }
    try {
      if (upload) await post(`/collect/${upload}/end`);
    } catch { /* it was stopped */ }
    sending -= 1;
    look();
  }

  // What was dropped, folders with all that lies in them.
  async function dropped(items) {
    // A file that some programs hand over has no entry in a file system; both must be asked for before any wait.
    const taken = [...items].map((item) => ({ entry: item.webkitGetAsEntry?.(), file: item.getAsFile?.() }));
    const found = [];
    async function walk(entry, way) {
      const path = way ? `${way}/${entry.name}` : entry.name;
      if (entry.isFile) {
        const file = await new Promise((done) => entry.file(done, () => done(null)));
        if (file) found.push({ path, file });
        return;
      }
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done) => reader.readEntries(done, () => done([])));
        if (!some.length) return;
        for (const one of some) await walk(one, path);
      }
    }
    for (const { entry, file } of taken) {
      if (entry) await walk(entry, "");
      else if (file) found.push({ path: file.name, file });
    }
    return found;
  }

  function wireDrop(element) {
    const place = element.querySelector(".collect");
    const over = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    const shelf = document.getElementById("shelf") ?? place;
    let depth = 0;
    shelf.addEventListener("dragenter", (event) => {
      if (!over(event)) return;
      depth += 1;
      place.classList.add("over");
    });
    shelf.addEventListener("dragleave", () => {
      depth = Math.max(0, depth - 1);
      if (!depth) place.classList.remove("over");
    });
    shelf.addEventListener("dragover", (event) => { if (over(event)) event.preventDefault(); });
    shelf.addEventListener("drop", async (event) => {
      if (!over(event) || panel.hidden) return;
      event.preventDefault();
      depth = 0;
      place.classList.remove("over");
      send(await dropped(event.dataTransfer.items));
    });
    element.addEventListener("change", (event) => {
      const input = event.target.closest("[data-input]");
      if (!input) return;
      send([...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
      input.value = "";
    });
    element.addEventListener("click", async (event) => {
      const pick = event.target.closest("[data-pick]");
      if (pick) element.querySelector(`[data-input="${pick.dataset.pick}"]`).click();
      const order = event.target.closest("[data-collect]");
      if (!order) return;
      order.disabled = true;
      stopped = order.dataset.collect === "stop";
      try {
        await post(`/collect/do/${order.dataset.collect}`);
      } catch (error) {
        fault(error.message);
      }
      look();
    });
    element.addEventListener("toggle", (event) => {
      if (event.target.matches?.("details.each") && event.isTrusted) folded = event.target.open;
    }, true);
  }

  // The text of a section comes when it is unfolded.
  async function load(details) {
    const place = details.querySelector(":scope > .text[data-load]");
    if (!place || place.dataset.busy) return;
    const tree = details.closest(".tree");
    place.dataset.busy = "1";
    place.textContent = tree.dataset.loading;
    try {
      const answer = await fetch(`${place.dataset.load}?lang=${lang()}`);
      if (!answer.ok) throw new Error(await answer.text());
      place.innerHTML = await answer.text();
      delete place.dataset.load;
    } catch (error) {
      place.textContent = tree.dataset.failed;
    }
    delete place.dataset.busy;
  }

  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (details.matches?.(".preview .tree details") && details.open) load(details);
  }, true);

  function find(words) {
    const field = document.querySelector("#find-report :is(input, textarea)");
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (matchMedia("(max-width: 860px)").matches) field.scrollIntoView({ block: "start" });
  }

  function act(button) {
    const { act, id, sure } = button.dataset;
    if (sure && !button.classList.contains("sure")) {
      button.classList.add("sure");
      button.textContent = sure;
      return;
    }
    button.disabled = true;
    setTimeout(() => { button.disabled = false; }, 8000);
    trigger("click", { act, id: id ?? "" });
    if (act === "restore") setTimeout(look, 500);
  }

  document.addEventListener("click", (event) => {
    const cell = event.target.closest?.("#collection a[data-find]");
    if (cell) {
      event.preventDefault();
      find(cell.dataset.find);
      return;
    }
    const button = event.target.closest?.("#library [data-act]");
    if (button && trigger) act(button);
    const fold = event.target.closest?.(".preview [data-fold]");
    if (fold) {
      for (const one of fold.closest(".preview").querySelectorAll(".tree details")) one.open = fold.dataset.fold === "open";
    }
  });

  window.reportAssistantArchive = {
    collect(element) {
      panel = element;
      wireDrop(element);
      look();
    },
    library(send) {
      trigger = send;
      // An opened report is read from its beginning.
      const care = document.getElementById("care");
      let chosen = null;
      new MutationObserver(() => {
        const now = document.querySelector("#reports a.chosen")?.getAttribute("href") ?? null;
        if (now === chosen) return;
        chosen = now;
        care.scrollTop = 0;
        // On a phone the report lies below the list; it takes a moment to be there.
        if (now && matchMedia("(max-width: 860px)").matches) setTimeout(() => care.scrollIntoView({ block: "start" }), 200);
      }).observe(document.getElementById("shelf"), { childList: true, subtree: true });
      let noticed = null;
      new MutationObserver(() => {
        const notice = care.querySelector("#done .notice");
        if (notice && notice !== noticed) notice.scrollIntoView({ block: "nearest" });
        noticed = notice;
      }).observe(care, { childList: true, subtree: true });
    },
  };
})();
