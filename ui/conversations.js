// The side list of conversations, the keys of the question box, and the address that brings a conversation back.
(() => {
  "use strict";

  const LINK = /^#(talk|rename|delete|undo)-([0-9a-f]+)$/;
  const phone = window.matchMedia("(max-width: 1080px)");

  const past = () => document.getElementById("past");
  const show = (open) => past()?.classList.toggle("open", open ?? !past().classList.contains("open"));

  // The title becomes a field; Enter keeps what was typed, Escape and leaving it do not.
  function rename(row, id, trigger) {
    const link = row.querySelector("a.open");
    const field = Object.assign(document.createElement("input"), {
      className: "retitle", value: link.querySelector(".title").textContent, maxLength: 100,
    });
    field.setAttribute("aria-label", link.querySelector(".title").textContent);
    let open = true;  // taking a field away blurs it, which would take it away again
    const close = () => {
      if (!open) return;
      open = false;
      field.remove();
      link.hidden = false;
    };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") close();
      if (event.key === "Enter" && !event.isComposing) {
        const title = field.value.trim();
        close();
        if (title) trigger("select", { rename: id, title });
      }
    });
    field.addEventListener("blur", close);
    link.hidden = true;
    link.after(field);
    field.select();
  }

  function remember(element) {
    const id = element.querySelector(".talks")?.dataset.current ?? "";
    const hash = id ? `#talk-${id}` : "";
    if (!hash && location.hash.startsWith("#draft-")) return;  // the address of an open draft is not this list's
    if (location.hash !== hash) history.replaceState(null, "", hash || location.pathname + location.search);
  }

  window.reportAssistantTalks = {
    show,
    watch(element, trigger, watch) {
      const [, kind, id] = LINK.exec(location.hash) ?? [];
      let asked = false;
      watch("value", () => { if (asked) remember(element); });
      trigger("click", { open: kind === "talk" ? id : "", quiet: true });
      asked = true;
      document.addEventListener("click", (event) => {
        const link = event.target.closest?.("#talks a[href^='#']");
        const found = link && LINK.exec(link.getAttribute("href"));
        if (found) {
          event.preventDefault();
          if (found[1] === "rename") return rename(link.closest("li"), found[2], trigger);
          trigger("click", { [found[1] === "talk" ? "open" : found[1]]: found[2] });
          if (found[1] === "talk" && phone.matches) show(false);
        } else if (event.target.closest?.("#new")) {
          show(false);
        } else if (past()?.classList.contains("open") && !event.target.closest?.("#past, #show-past")) {
          show(false);
        }
      });
    },
  };

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest?.("#question textarea");
    if (event.key === "Escape") {
      if (past()?.classList.contains("open")) return show(false);
      if (document.querySelector("#conversation .answer.waiting")) document.getElementById("stop")?.click();
    } else if (field && event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }, true);
})();
