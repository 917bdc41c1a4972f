// The little that the server cannot do: clicks on citations, scrolling to the quote, the page's language.
(() => {
  "use strict";

  // Gradio's own words follow the browser's language; here they follow the page's.
  const own = location.pathname.startsWith("/en") ? "en" : "zh-CN";
  document.documentElement.lang = own;
  for (const [name, value] of [["language", own], ["languages", [own]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }

  const CITATION = /^#cite-(\d+)-(\d+)$/;

  function showQuote(element) {
    const body = element.querySelector(".report .body");
    const quote = body?.querySelector("mark");
    if (!quote) return;
    const distance = quote.getBoundingClientRect().top - body.getBoundingClientRect().top;
    body.scrollTop += distance - body.clientHeight / 3;
  }

  // What Gradio says in English only, to the eye and to the ear.
  function translate() {
    for (const element of document.querySelectorAll("[aria-label], .toast-message-text")) {
      const label = element.getAttribute("aria-label");
      if (label in window.gradioWords) element.setAttribute("aria-label", window.gradioWords[label]);
      else if (/^(user|bot)'s message: |^Select example |^Empty value$/.test(label)) element.removeAttribute("aria-label");
      const text = element.classList.contains("toast-message-text") ? element.textContent.trim() : "";
      if (text in window.gradioWords) element.textContent = window.gradioWords[text];
    }
  }

  // A new question goes to the top, so that its answer is read from its beginning.
  let shown = "0/0";
  function follow(conversation) {
    const rows = conversation.querySelectorAll(".user-row");
    const list = conversation.querySelector(".bubble-wrap");
    const now = `${rows.length}/${conversation.querySelectorAll(".answer:not(.waiting)").length}`;
    if (now !== shown && rows.length && list) {
      const last = rows[rows.length - 1];
      list.scrollTop += last.getBoundingClientRect().top - list.getBoundingClientRect().top;
    }
    shown = now;
  }

  const REPORT = /^#report-(\d+)$/;

  const ROW = /^#row-([0-9a-f]+)$/;
  const CELL = /^#cell-([0-9a-f]+)-(\d+)$/;
  const PAIR = /^#pair-(\d+)$/;

  // What a click in the ledger asks for: a change, a row, a figure of a row, a passage of the comparison, or nothing.
  function asked(target) {
    const change = target.closest?.("#book button[data-act]")?.dataset;
    if (change) return { act: change.act, row: change.row ?? "", link: change.link ?? "", figure: Number(change.figure) };
    if (target.closest?.("#book summary")) return null;
    const link = target.closest?.("#book a[href^='#']");
    const href = link?.getAttribute("href") ?? "";
    if (link?.matches("#source a.close")) return { close: true };
    const cell = CELL.exec(href);
    if (cell) return { row: cell[1], figure: Number(cell[2]) };
    const pair = PAIR.exec(href);
    if (pair) return { n: Number(pair[1]) };
    const row = ROW.exec(href)?.[1] ?? target.closest?.("#listed tr[data-row]")?.dataset.row;
    return row ? { row } : null;
  }

  window.reportAssistant = {
    // The ledger is made when its tab is first opened, which is when this is called.
    ledger(element, trigger) {
      trigger("click", { opened: true });
    },
    row(element, trigger) {
      document.addEventListener("click", (event) => {
        const click = asked(event.target);
        if (!click) return;
        event.preventDefault();
        trigger("click", click);
        if (click.close || click.act) return;
        const chosen = event.target.closest("#listed a.pair");
        for (const row of document.querySelectorAll("#listed :is(tr[data-row], a.pair)")) {
          row.classList.toggle("chosen", row === chosen || Boolean(click.row && row.dataset.row === click.row));
        }
      });
    },
    source(element, watch) {
      watch("value", () => showQuote(element));
    },
    // Clicks on reports, in the list or in the quality report, go to the server through the list.
    reports(element, trigger) {
      document.addEventListener("click", (event) => {
        const link = event.target.closest?.("a[href^='#report-']");
        const found = link && REPORT.exec(link.getAttribute("href"));
        if (!found) return;
        event.preventDefault();
        trigger("click", { report: Number(found[1]) });
      });
    },
    passages(element, trigger, watch) {
      document.addEventListener("click", (event) => {
        const link = event.target.closest?.("a[href^='#cite-'], .passages a.close");
        if (!link) return;
        event.preventDefault();
        const found = CITATION.exec(link.getAttribute("href"));
        trigger("click", found ? { turn: Number(found[1]), n: Number(found[2]) } : { close: true });
        for (const other of document.querySelectorAll("a.chosen")) other.classList.remove("chosen");
        if (found) link.classList.add("chosen");
      });
      watch("value", () => showQuote(element));
      new MutationObserver(() => {
        translate();
        const conversation = document.getElementById("conversation");
        if (conversation) follow(conversation);
      }).observe(document.body, { childList: true, subtree: true });
    },
  };
})();
