// SPDX-License-Identifier: Apache-2.0
// Makes smoother what works without it: the search key, closing folds, dropped and pasted files.
(() => {
  "use strict";
  document.documentElement.classList.add("scripted");

  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.getElementById("search");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
    if (event.key === "Escape") {
      for (const fold of document.querySelectorAll("details.fold[open]")) {
        fold.open = false;
        fold.querySelector("summary").focus();
      }
    }
  });
  document.addEventListener("click", (event) => {
    for (const fold of document.querySelectorAll("details.fold[open]")) {
      if (!fold.contains(event.target)) fold.open = false;
    }
  });

  // Evidence: a dropped or pasted file becomes the choice of the form's own file field.
  const choose = (area, files) => {
    const field = area.querySelector("input[type=file]");
    if (!field || !files.length) return;
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    field.files = chosen.files;
    const said = area.querySelector("[data-chosen]");
    if (said) said.textContent = Array.from(files, (file) => file.name).join(", ");
  };
  document.addEventListener("paste", (event) => {
    const area = document.querySelector("[data-drop]");
    if (area && event.clipboardData && event.clipboardData.files.length) {
      choose(area, event.clipboardData.files);
      area.scrollIntoView({ block: "nearest" });
    }
  });

  const enhance = (root) => {
    for (const area of root.querySelectorAll("[data-drop]")) {
      area.addEventListener("dragover", (event) => {
        event.preventDefault();
        area.classList.add("drop-over");
      });
      area.addEventListener("dragleave", () => area.classList.remove("drop-over"));
      area.addEventListener("drop", (event) => {
        event.preventDefault();
        area.classList.remove("drop-over");
        choose(area, event.dataTransfer.files);
      });
    }

    // Filters apply when a choice is made; the button stays for everybody else.
    for (const form of root.querySelectorAll("form[data-auto]")) {
      form.addEventListener("change", (event) => {
        if (event.target.tagName === "SELECT") form.requestSubmit();
      });
    }
    for (const button of root.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
    for (const copy of root.querySelectorAll("[data-copy]")) {
      copy.hidden = false;
      copy.addEventListener("click", async () => {
        const field = document.getElementById(copy.dataset.copy);
        await navigator.clipboard.writeText(field.value || field.textContent);
        copy.textContent = copy.dataset.copied || "Copied";
      });
    }
  };
  enhance(document);

  // A small form changes the page in place (hx-boost): what came new is enhanced again, and the
  // keyboard stays where it was.
  let sent = "";
  document.addEventListener("submit", (event) => {
    sent = event.target.getAttribute("action") || "";
  });
  document.addEventListener("htmx:after:swap", () => {
    const main = document.getElementById("main");
    enhance(main);
    const form = Array.from(main.querySelectorAll("form[hx-boost]")).find(
      (other) => other.getAttribute("action") === sent);
    const field = form && form.querySelector("button, input:not([type=hidden]), textarea");
    (field || main).focus({ preventScroll: true });
  });
})();
