// The report beside an answer or a figure: passage by passage, its pages, copying. All of it by mouse and by keyboard.
(() => {
  "use strict";

  const MORE = 20;
  const NEAR = 500;
  const PHONE = "(max-width: 860px)";
  let way = "text";
  let opener = null;

  const body = (report) => report.querySelector(".body");
  const number = (report, name) => Number(report.dataset[name]);
  const passage = (report, n) => report.querySelector(`.body p[data-n="${n}"]`);
  // Where one is; or is about to be, while more of the report is under way.
  const at = (report) => report.wanted
    ?? Number((report.querySelector(".body p.at") ?? passage(report, report.dataset.quote))?.dataset.n);

  function say(report, line) {
    report.querySelector(".steps .count").textContent = line;
  }

  function filled(pattern, n, count) {
    return pattern.replace("{n}", n).replace("{count}", count);
  }

  // More of a long report, before or behind what is shown; what is being read stays where it is.
  async function load(report, isBefore) {
    const first = number(report, "first"), last = number(report, "last");
    if (isBefore ? first <= 0 : last >= number(report, "count")) return false;
    if (report.loading) return report.loading;
    const [from, to] = isBefore ? [Math.max(0, first - MORE), first] : [last, last + MORE];
    const address = `/reading/${report.dataset.report}?first=${from}&last=${to}&lang=${report.dataset.lang}`;
    report.loading = fetch(address).then(async (answer) => {
      if (!answer.ok) throw new Error(answer.status);
      const html = await answer.text();
      const box = body(report), height = box.scrollHeight;
      box.insertAdjacentHTML(isBefore ? "afterbegin" : "beforeend", html);
      if (isBefore) box.scrollTop += box.scrollHeight - height;
      report.dataset[isBefore ? "first" : "last"] = isBefore ? from : Math.min(to, number(report, "count"));
      return true;
    }).catch(() => {
      say(report, report.querySelector(".steps").dataset.failed);
      return false;
    }).finally(() => { report.loading = null; });
    return report.loading;
  }

  function bring(box, element) {
    const place = element.getBoundingClientRect();
    const distance = place.top - box.getBoundingClientRect().top;
    box.scrollTop += distance - Math.max(16, Math.min(box.clientHeight / 3, box.clientHeight - place.height - 16));
  }

  async function go(report, n) {
    const count = number(report, "count");
    if (n < 1 || n > count) return;
    report.wanted = n;
    while (!passage(report, n) && await load(report, n <= number(report, "first")));
    if (report.wanted !== n) return;
    report.wanted = null;
    if (!passage(report, n)) return;
    const chosen = passage(report, n);
    for (const other of report.querySelectorAll(".body p.at")) {
      other.classList.remove("at");
      other.removeAttribute("aria-current");
    }
    chosen.classList.add("at");
    chosen.setAttribute("aria-current", "true");
    const isQuote = n === number(report, "quote");
    bring(body(report), (isQuote && chosen.querySelector("mark")) || chosen);
    for (const [part, from] of [["path", "path"], ["when", "when"], ["sheet", "sheet"]]) {
      report.querySelector(`.where .${part}`).textContent = chosen.dataset[from];
    }
    say(report, filled(report.querySelector(".steps .count").dataset.text, n, count));
    ends(report, n <= 1, n >= count);
  }

  function ends(report, isFirst, isLast) {
    report.querySelector(".steps [data-step='-1']").setAttribute("aria-disabled", isFirst);
    report.querySelector(".steps [data-step='1']").setAttribute("aria-disabled", isLast);
  }

  // The pages of a PDF stand in a box of their own, made when they are first asked for.
  async function showPages(report, show) {
    let box = report.querySelector(".pages");
    if (!box) {
      box = Object.assign(document.createElement("div"), { className: "pages", tabIndex: 0 });
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", report.querySelector("[data-way='page']").textContent);
      body(report).after(box);
    }
    const said = (line) => box.replaceChildren(Object.assign(document.createElement("p"), { className: "said", textContent: line }));
    const turn = report.turn = (report.turn ?? 0) + 1;
    said(report.querySelector(".steps").dataset.loading);
    try {
      const answer = await fetch(report.dataset.pages + (show ? `&show=${show}` : ""));
      const html = await answer.text();
      if (turn !== report.turn) return;
      if (!answer.ok) {
        say(report, "");
        said(html);
        return;
      }
      box.innerHTML = html;
    } catch {
      said(report.querySelector(".steps").dataset.failed);
      return;
    }
    const sheets = [...box.querySelectorAll("figure.sheet")];
    if (!sheets.length) return;
    const first = Number(sheets[0].dataset.page), count = Number(sheets[0].dataset.count);
    report.shown = [first, Number(sheets.at(-1).dataset.page)];
    say(report, filled(report.querySelector(".steps .count").dataset.page, first, count));
    ends(report, report.shown[0] <= 1, report.shown[1] >= count);
    box.scrollTop = 0;
    const mark = box.querySelector("rect");
    if (!mark) return;
    const reveal = () => { if (mark.isConnected) bring(box, mark); };
    reveal();
    sheets[0].querySelector("img").addEventListener("load", reveal, { once: true });
  }

  function choose(report, wanted) {
    const isPage = wanted === "page" && Boolean(report.dataset.pages);
    report.classList.toggle("paged", isPage);
    for (const button of report.querySelectorAll("[data-way]")) {
      button.setAttribute("aria-pressed", (button.dataset.way === "page") === isPage);
    }
    if (isPage) showPages(report);
    else go(report, at(report));
  }

  function step(report, by) {
    if (!report.classList.contains("paged")) {
      go(report, by ? at(report) + by : number(report, "quote"));
      return;
    }
    if (!by) showPages(report);
    else if (report.shown) {
      const next = by < 0 ? report.shown[0] - 1 : report.shown[1] + 1;
      const isEnd = report.querySelector(`.steps [data-step='${by}']`).getAttribute("aria-disabled") === "true";
      if (!isEnd) showPages(report, next);
    }
  }

  function zoom(paper, event) {
    const sheet = paper.closest(".sheet"), box = paper.closest(".pages"), image = paper.querySelector("img");
    const before = paper.getBoundingClientRect();
    const inside = event.clientX ? [(event.clientX - before.left) / before.width, (event.clientY - before.top) / before.height] : [0.5, 0];
    const isLarge = sheet.classList.toggle("zoomed");
    if (isLarge && image.dataset.large) {
      image.src = image.dataset.large;
      delete image.dataset.large;
    }
    const after = paper.getBoundingClientRect();
    box.scrollLeft += (after.left + inside[0] * after.width) - (before.left + inside[0] * before.width);
    box.scrollTop += (after.top + inside[1] * after.height) - (before.top + inside[1] * before.height);
  }

  // What stands in the passage, the quote alone where that is the one at hand, with the line that says where it is from.
  async function take(report, button) {
    const chosen = passage(report, at(report));
    if (!chosen) return;
    const marks = [...chosen.querySelectorAll("mark")].map((mark) => mark.textContent).join("");
    const place = [report.dataset.file, chosen.dataset.sheet].filter(Boolean).join("，");
    const source = [`《${report.dataset.title}》`, chosen.dataset.path].filter(Boolean).join(" › ");
    const text = `“${(marks || chosen.textContent).trim()}”\n——${source}（${place}）`;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const put = (event) => {
        event.clipboardData.setData("text/plain", text);
        event.preventDefault();
      };
      document.addEventListener("copy", put, { once: true });
      document.execCommand("copy");
      document.removeEventListener("copy", put);
    }
    const [label, done] = button.querySelectorAll("span");
    const show = (isDone) => { label.hidden = isDone; done.hidden = !isDone; };
    show(true);
    setTimeout(show, 1500, false);
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    const link = target.closest?.("a[href^='#cite-'], #book a[href^='#']");
    if (link && !link.closest(".report")) opener = link;
    if (target.closest?.(".report a.close, .nothing a.close")) {
      const before = opener;
      setTimeout(() => before?.isConnected && before.focus({ preventScroll: true }), 0);
      return;
    }
    const report = target.closest?.("article.report[data-report]");
    if (!report) return;
    const button = target.closest("button");
    if (button?.dataset.step !== undefined) step(report, Number(button.dataset.step));
    else if (button?.dataset.way) choose(report, way = button.dataset.way);
    else if (button?.matches(".take")) take(report, button);
    else if (target.closest(".paper")) zoom(target.closest(".paper"), event);
  });

  const KEYS = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 };

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const within = event.target.closest?.("article.report");
    if (event.key === "Escape") {
      // On a phone the report lies over everything, so that Escape means it wherever the focus is.
      const sheet = matchMedia(PHONE).matches
        && [...document.querySelectorAll("article.report.opened")].find((one) => one.offsetParent ?? one.getClientRects().length);
      const report = within ?? sheet;
      if (!report) return;
      event.stopPropagation();
      report.querySelector("a.close").click();
      return;
    }
    if (!within || event.target.matches("input, textarea, select")) return;
    if (event.target.matches(".paper") && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      zoom(event.target, event);
      return;
    }
    const by = KEYS[event.key];
    if (!by || (event.key.startsWith("Arrow") && within.querySelector(".sheet.zoomed"))) return;
    event.preventDefault();
    step(within, by);
  }, true);

  document.addEventListener("scroll", (event) => {
    const box = event.target;
    if (!box.matches?.("article.report[data-report] > .body") || !box.clientHeight) return;
    const report = box.parentElement;
    if (box.scrollTop < NEAR) load(report, true);
    if (box.scrollHeight - box.clientHeight - box.scrollTop < NEAR) load(report, false);
  }, true);

  // A report that was asked for takes the focus, so that its keys work; one that comes with an answer does not.
  new MutationObserver(() => {
    for (const report of document.querySelectorAll("article.report[data-report]:not([data-seen])")) {
      report.dataset.seen = "";
      ends(report, number(report, "quote") <= 1, number(report, "quote") >= number(report, "count"));
      if (way === "page" && report.dataset.pages) choose(report, way);
      const read = report.matches(".paged") ? report.querySelector(".pages") : body(report);
      if (report.matches(".opened")) read.focus({ preventScroll: true });
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
