// SPDX-License-Identifier: Apache-2.0
// Makes smoother what works without it: the search key, closing folds, dropped and pasted files,
// drafts that outlive a lost connection.
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

  // A form with data-keep is sent in the background and tried again when the connection is back;
  // its words, ticks and the version they were written on stay on this device until the server has
  // them. Kept apart by organisation and person.
  const store = (() => {
    try { return window.localStorage; } catch { return null; }
  })();
  const keptKey = (form) => {
    const who = document.querySelector(".person .who");
    return ["daybook-kept", location.pathname.split("/")[2], who ? who.firstChild.textContent : "",
      form.dataset.keep].join(":");
  };
  const keptFields = (form) => Array.from(form.elements).filter(
    (f) => f.name && !/^(hidden|file|submit|button)$/.test(f.type));
  const isTick = (f) => f.type === "radio" || f.type === "checkbox";
  const keptValues = (form) => {
    const values = {};
    for (const f of keptFields(form)) if (!isTick(f) || f.checked) values[f.name] = f.value;
    return values;
  };
  const keptRead = (form) => {
    try { return JSON.parse(store.getItem(keptKey(form))); } catch { return null; }
  };
  const keptSay = (form, word) => {
    const note = form.querySelector("[data-keep-note]");
    if (!note) return;
    note.hidden = !word;
    const words = note.querySelector("[data-keep-words]");
    if (word) words.textContent = words.dataset[word];
  };
  const keptStore = (form) => {
    if (!store) return;
    const version = form.dataset.keepVersion;
    try {
      store.setItem(keptKey(form), JSON.stringify({ version, values: keptValues(form) }));
      keptSay(form, "keepWords");
    } catch { /* full or forbidden: the form works all the same */ }
  };
  const keptShow = (form) => {
    const kept = store && keptRead(form);
    if (!kept) return;
    const refused = document.getElementById("complaint");
    const same = JSON.stringify(kept.values) === JSON.stringify(keptValues(form));
    if (same && !refused) {
      store.removeItem(keptKey(form));
      return;
    }
    for (const f of keptFields(form)) {
      if (isTick(f)) f.checked = kept.values[f.name] === f.value;
      else if (f.name in kept.values) f.value = kept.values[f.name];
    }
    const fold = form.closest("details");
    if (fold) fold.open = true;
    keptSay(form, kept.version === form.dataset.keepVersion ? "keepWords" : "keepClash");
  };
  const waiting = new Set(); // forms that could not be sent
  const keptSend = async (form, submitter) => {
    const body = new URLSearchParams(new FormData(form));
    if (submitter && submitter.name) body.append(submitter.name, submitter.value);
    let answer, text;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
      text = await answer.text();
    } catch {
      waiting.add(form);
      keptSay(form, "keepOffline");
      return;
    }
    waiting.delete(form);
    if (answer.ok && store) store.removeItem(keptKey(form));
    const page = new DOMParser().parseFromString(text, "text/html");
    const main = page.getElementById("main");
    if (!main) {
      location.assign(answer.url);
      return;
    }
    document.getElementById("main").replaceWith(document.adoptNode(main));
    document.title = page.title;
    if (answer.ok) history.pushState({}, "", answer.url);
    if (window.htmx) window.htmx.process(main);
    enhance(main);
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  };
  window.addEventListener("online", () => {
    for (const form of waiting) if (form.isConnected) keptSend(form);
  });
  window.addEventListener("popstate", () => location.reload());
  const keptWatch = (form) => {
    keptShow(form);
    form.addEventListener("input", () => keptStore(form));
    form.addEventListener("change", () => keptStore(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keptStore(form);
      keptSend(form, event.submitter);
    });
    const drop = form.querySelector("[data-keep-drop]");
    if (drop) drop.addEventListener("click", () => {
      if (store) store.removeItem(keptKey(form));
      waiting.delete(form);
      location.reload();
    });
  };

  const enhance = (root) => {
    for (const form of root.querySelectorAll("form[data-keep]")) keptWatch(form);
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
    // The audit programme: a mark is dragged to another month, or moved by the arrow keys; the form
    // that opens says what it would break.
    for (const grid of root.querySelectorAll("[data-grid=edit]")) {
      const go = (mark, month) => {
        location.href = mark.getAttribute("href").replace("#edit", `&month=${month}#edit`);
      };
      let dragged = null;
      grid.addEventListener("dragstart", (event) => {
        dragged = event.target.closest("[data-audit]");
      });
      grid.addEventListener("dragover", (event) => {
        const cell = event.target.closest("td[data-month]");
        if (!cell || !dragged || cell.parentElement !== dragged.closest("tr")) return;
        event.preventDefault();
        for (const other of grid.querySelectorAll(".ag-over")) other.classList.remove("ag-over");
        cell.classList.add("ag-over");
      });
      grid.addEventListener("drop", (event) => {
        const cell = event.target.closest("td[data-month]");
        if (!cell || !dragged) return;
        event.preventDefault();
        go(dragged, cell.dataset.month);
      });
      grid.addEventListener("keydown", (event) => {
        const mark = event.target.closest("[data-audit]");
        const step = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[event.key];
        const cell = mark && step && mark.closest("td")[step];
        if (!cell || !cell.dataset.month) return;
        event.preventDefault();
        go(mark, cell.dataset.month);
      });
    }
    // A search begins by itself and is watched; its buttons stay for everybody else.
    for (const form of root.querySelectorAll("form[data-run=search]")) {
      const watch = root.querySelector("[data-watch=search]");
      if (form.dataset.running) continue;
      form.dataset.running = "yes";
      const state = document.getElementById("search-state");
      if (state.querySelector("progress").value === 0 && !sessionStorage.getItem(form.action)) {
        sessionStorage.setItem(form.action, "begun");
        fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) })
          .finally(() => location.reload());
      }
      const timer = setInterval(async () => {
        const answer = await fetch(watch.href);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const next = page.getElementById("search-state");
        if (!next) {
          clearInterval(timer);
          location.reload();
          return;
        }
        state.querySelector("progress").value = next.querySelector("progress").value;
        state.querySelector("[role=status]").textContent = next.querySelector("[role=status]").textContent;
      }, 1000);
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

  // Drafts: what is typed into a form with data-draft stays in this browser until the server says
  // that it has it. A lost connection, a closed lid or a signed-out session loses nothing.
  const draftKey = (form) => `draft:${location.pathname}:${form.getAttribute("action")}:${form.dataset.draft}`;
  const draftFields = (form) => Array.from(form.elements).filter((field) =>
    field.name && field.name !== "version" && !/^(hidden|password|file|submit|button)$/.test(field.type));
  const draftRead = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const draftWrite = (key, value) => {
    try {
      if (value) localStorage.setItem(key, JSON.stringify(value));
      else localStorage.removeItem(key);
    } catch {
      // full or forbidden: the form still works as it is
    }
  };
  const draftSay = (form, words, drop) => {
    let said = form.querySelector(".draft-note");
    if (!words) {
      if (said) said.remove();
      return;
    }
    if (!said) {
      said = document.createElement("p");
      said.className = "draft-note";
      said.setAttribute("role", "status");
      form.append(said);
    }
    said.textContent = words;
    if (!drop) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain btn-sm";
    button.textContent = "Drop it";
    button.addEventListener("click", drop);
    said.append(button);
  };
  const draftKeep = (form) => {
    const values = {};
    for (const field of draftFields(form)) {
      values[field.name] = field.type === "checkbox" ? field.checked : field.value;
    }
    draftWrite(draftKey(form), { values });
  };
  const draftRestore = (form, draft) => {
    const before = {};
    let differs = false;
    for (const field of draftFields(form)) {
      const now = field.type === "checkbox" ? field.checked : field.value;
      const kept = draft.values[field.name];
      if (kept === undefined || kept === now) continue;
      before[field.name] = now;
      differs = true;
      if (field.type === "checkbox") field.checked = kept;
      else field.value = kept;
    }
    if (!differs) {
      draftWrite(draftKey(form), null);
      return;
    }
    const fold = form.closest("details");
    if (fold) fold.open = true;
    draftSay(form, "Typed before and not saved yet. ", () => {
      for (const field of draftFields(form)) {
        if (!(field.name in before)) continue;
        if (field.type === "checkbox") field.checked = before[field.name];
        else field.value = before[field.name];
      }
      draftWrite(draftKey(form), null);
      draftSay(form, "");
    });
  };
  // The page that comes after a saved form says so: then what was sent is no draft any more.
  const draftsIn = (root) => {
    const saved = document.querySelector("#main > .note-done[role=status]") &&
      !document.getElementById("complaint");
    for (const form of root.querySelectorAll("form[data-draft]")) {
      const key = draftKey(form);
      let draft = draftRead(key);
      if (draft && draft.sent && saved) {
        draftWrite(key, null);
        draft = null;
      }
      if (draft) draftRestore(form, draft);
      form.addEventListener("input", () => draftKeep(form));
      form.addEventListener("submit", () => {
        draftKeep(form);
        draftWrite(key, Object.assign(draftRead(key) || {}, { sent: true }));
        if (navigator.onLine === false) draftSay(form, "No connection. What you typed is kept in this browser.");
      });
    }
  };
  window.addEventListener("offline", () => {
    for (const form of document.querySelectorAll("form[data-draft]")) {
      if (draftRead(draftKey(form))) draftSay(form, "No connection. What you typed is kept in this browser.");
    }
  });
  draftsIn(document);

  // A small form changes the page in place (hx-boost): what came new is enhanced again, and the
  // keyboard stays where it was.
  let sent = "";
  document.addEventListener("submit", (event) => {
    sent = event.target.getAttribute("action") || "";
  });
  document.addEventListener("htmx:after:swap", () => {
    const main = document.getElementById("main");
    enhance(main);
    draftsIn(main);
    const form = Array.from(main.querySelectorAll("form[hx-boost]")).find(
      (other) => other.getAttribute("action") === sent);
    const field = form && form.querySelector("button, input:not([type=hidden]), textarea");
    (field || main).focus({ preventScroll: true });
  });
})();
