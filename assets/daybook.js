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

  // Drafts. A form with data-keep="name" is sent in the background and tried again when the
  // connection is back; its words, ticks and the version they were written on stay on this device
  // until the server has them: a lost connection, a closed lid or an ended session loses nothing.
  // Kept apart by organisation and person. What is said about it stands in the form's own
  // [data-keep-note], else in a copy of the page's.
  const store = (() => {
    try { return window.localStorage; } catch { return null; }
  })();
  const keptKey = (form) => {
    const who = document.querySelector(".person .who");
    return ["daybook-kept", location.pathname.split("/")[2], who ? who.firstChild.textContent : "",
      form.dataset.keep].join(":");
  };
  const keptVersion = (form) => {
    const version = form.querySelector("input[name=version]");
    return version ? version.value : form.dataset.keepVersion || "";
  };
  const keptFields = (form) => Array.from(form.elements).filter(
    (f) => f.name && !/^(hidden|file|submit|button|password)$/.test(f.type));
  const isTick = (f) => f.type === "radio" || f.type === "checkbox";
  const keptValues = (form) => {
    const values = {};
    for (const f of keptFields(form)) if (!isTick(f) || f.checked) values[f.name] = f.value;
    return values;
  };
  const keptRead = (form) => {
    try { return JSON.parse(store.getItem(keptKey(form))); } catch { return null; }
  };
  const keptDrop = (form) => {
    if (store) store.removeItem(keptKey(form));
    waiting.delete(form.dataset.keep);
  };
  const keptNote = (form) => {
    const own = form.querySelector("[data-keep-note]");
    const common = document.getElementById("keep-note");
    if (own || !common) return own;
    const note = common.cloneNode(true);
    note.removeAttribute("id");
    note.setAttribute("role", "status");
    note.dataset.keepNote = "";
    note.querySelector("[data-keep-drop]").addEventListener("click", () => {
      keptDrop(form);
      location.reload();
    });
    form.append(note);
    return note;
  };
  const keptSay = (form, word) => {
    const note = word ? keptNote(form) : form.querySelector("[data-keep-note]");
    if (!note) return;
    note.hidden = !word;
    const words = note.querySelector("[data-keep-words]");
    if (word) words.textContent = words.dataset[word];
  };
  const keptStore = (form) => {
    if (!store) return;
    try {
      store.setItem(keptKey(form),
        JSON.stringify({ version: keptVersion(form), values: keptValues(form) }));
      keptSay(form, navigator.onLine === false ? "keepOffline" : "keepWords");
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
    keptSay(form, kept.version === keptVersion(form) ? "keepWords" : "keepClash");
  };
  const waiting = new Map(); // name of a form that could not be sent → the button that sends it
  // The answer takes the page's place, and the reader stays where the form was.
  const keptSwap = (form, page, answer) => {
    const place = form.closest("[id]:not(main)");
    const main = page.getElementById("main");
    document.getElementById("main").replaceWith(document.adoptNode(main));
    document.title = page.title;
    if (answer.ok) history.pushState({}, "", answer.url);
    if (window.htmx) window.htmx.process(main);
    enhance(main);
    const there = place && document.getElementById(place.id);
    if (there && !document.getElementById("complaint")) there.scrollIntoView({ block: "start" });
    else window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  };
  const keptSend = async (form, name, value) => {
    const body = new URLSearchParams(new FormData(form));
    if (name) body.append(name, value);
    let answer, text;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
      text = await answer.text();
    } catch {
      waiting.set(form.dataset.keep, [name, value]);
      keptSay(form, "keepOffline");
      return;
    }
    waiting.delete(form.dataset.keep);
    const home = (path) => path.split("/").slice(0, 3).join("/");
    const page = new DOMParser().parseFromString(text, "text/html");
    // Asked to sign in again, nothing was saved.
    if (!page.getElementById("main") ||
        home(new URL(answer.url).pathname) !== home(location.pathname)) {
      location.assign(answer.url);
      return;
    }
    if (answer.ok && store) store.removeItem(keptKey(form));
    keptSwap(form, page, answer);
  };
  window.addEventListener("online", async () => {
    for (const [keep, [name, value]] of Array.from(waiting)) {
      const form = document.querySelector(`form[data-keep="${CSS.escape(keep)}"]`);
      if (form) await keptSend(form, name, value);
    }
  });
  window.addEventListener("offline", () => {
    for (const form of document.querySelectorAll("form[data-keep]")) {
      if (store && keptRead(form)) keptSay(form, "keepOffline");
    }
  });
  window.addEventListener("popstate", () => location.reload());
  const keptWatch = (form) => {
    keptShow(form);
    form.addEventListener("input", () => keptStore(form));
    form.addEventListener("change", () => keptStore(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keptStore(form);
      const button = event.submitter;
      keptSend(form, button && button.name, button && button.value);
    });
    const drop = form.querySelector("[data-keep-drop]");
    if (drop) drop.addEventListener("click", () => {
      keptDrop(form);
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
    // A picture wider than the screen begins shortly before today; the lanes' names go along.
    for (const wide of root.querySelectorAll(".picture-scroll")) {
      const line = wide.querySelector(".today-line");
      if (!line || wide.scrollWidth <= wide.clientWidth) continue;
      const names = wide.querySelectorAll(".lane-name");
      const drawn = wide.querySelector("svg");
      wide.addEventListener("scroll", () => {
        const along = wide.scrollLeft * (drawn.viewBox.baseVal.width / drawn.clientWidth);
        for (const name of names) {
          name.setAttribute("transform", along > 0 ? `translate(${along} -13)` : "");
        }
      });
      const place = line.getBoundingClientRect().left - wide.getBoundingClientRect().left;
      wide.scrollLeft += place - wide.clientWidth / 3;
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
