// A few conveniences. Everything on the site works without them.
(() => {
  "use strict";

  // Dismiss the notification; it stays away until its words change.
  const notice = document.querySelector("[data-dismissible]");
  if (notice) {
    const key = "dismissed-notification";
    let hash = 5381;
    for (const letter of notice.textContent.trim()) hash = (hash * 33 + letter.codePointAt(0)) % 4294967296;
    // Storage may be switched off: then the notification can be closed, but comes back.
    const remembered = () => { try { return localStorage.getItem(key); } catch { return null; } };
    const remember = () => { try { localStorage.setItem(key, hash); } catch { /* see above */ } };
    if (remembered() === String(hash)) {
      notice.remove();
    } else {
      const close = document.createElement("button");
      close.type = "button";
      close.className = "notification__close";
      close.setAttribute("aria-label", "Close the announcement");
      close.addEventListener("click", () => {
        remember();
        notice.remove();
        document.querySelector(".header a")?.focus();
      });
      notice.append(close);
    }
  }

  // Filter a long directory. Matches words in any order, with or without accents, and
  // abbreviations: those that are written, and the initials of a name.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  document.querySelectorAll("[data-filter]").forEach((directory, number) => {
    const rows = [...directory.querySelectorAll("li")];
    if (rows.length < 8) return;
    const known = rows.map((row) => {
      const text = plain(row.textContent);
      return `${text} ${(text.match(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu) || []).join("")}`;
    });

    const box = document.createElement("div");
    box.className = "directory__filter";
    const label = document.createElement("label");
    label.htmlFor = `filter-${number}`;
    label.textContent = "Filter by name or abbreviation";
    const field = document.createElement("input");
    field.id = label.htmlFor;
    field.type = "search";
    field.autocomplete = "off";
    const count = document.createElement("p");
    count.setAttribute("role", "status");
    box.append(label, field, count);
    for (const part of [box, label, field, count]) part.dataset.interface = "";
    directory.prepend(box);

    const show = () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      const hits = rows.filter((row, place) => {
        row.hidden = !words.every((word) => known[place].includes(word));
        return !row.hidden;
      }).length;
      count.textContent = words.length ? `${hits} of ${rows.length} shown` : `${rows.length} in this list`;
    };
    field.addEventListener("input", show);
    show();
  });

  // Escape closes a list that was opened from a button, and gives the focus back to it.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const list = event.target.closest(".menu__more[open], .dropdown[open]");
    if (!list) return;
    list.open = false;
    list.querySelector("summary").focus();
  });

  // Suggest pages while somebody types into a search field (the combobox pattern with a list).
  // Nothing is chosen by itself: Enter without a choice searches, as it does without this script.
  document.querySelectorAll("form[data-suggestions]").forEach((form) => {
    const field = form.querySelector("input[type=search]");
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = "search-suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggested pages");
    list.hidden = true;
    const count = document.createElement("p");
    count.className = "visually-hidden";
    count.setAttribute("role", "status");
    for (const part of [list, count]) part.dataset.interface = "";
    field.parentElement.append(list);
    form.append(count);
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(states)) field.setAttribute(name, value);

    let options = [], chosen = -1, waiting, asked;
    const choose = (place) => {
      chosen = place;
      options.forEach((option, number) => option.setAttribute("aria-selected", number === chosen));
      if (chosen < 0) return field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    };
    const open = (isOpen) => {
      list.hidden = !isOpen;
      field.setAttribute("aria-expanded", isOpen);
      if (!isOpen) choose(-1);
    };
    const show = (found) => {
      options = found.map((page, number) => {
        const option = document.createElement("li");
        option.id = `suggestion-${number}`;
        option.setAttribute("role", "option");
        option.dataset.url = page.url;
        const title = document.createElement("span");
        title.textContent = page.title;
        const section = document.createElement("span");
        section.className = "meta";
        section.textContent = page.section;
        option.append(title, " ", section);
        // The field keeps the focus until the click arrives.
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => location.assign(page.url));
        return option;
      });
      list.replaceChildren(...options);
      open(options.length > 0);
      count.textContent = options.length ? `${options.length} suggested page${options.length > 1 ? "s" : ""}` : "No suggested pages";
    };
    const stop = () => {
      clearTimeout(waiting);
      asked?.abort();
    };
    const ask = async () => {
      const words = field.value.trim();
      asked = new AbortController();
      try {
        const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(words)}`, { signal: asked.signal });
        if (answer.ok) show((await answer.json()).suggestions);
      } catch { /* typed on, or no connection: the form works all the same */ }
    };
    field.addEventListener("input", () => {
      stop();
      if (field.value.trim().length > 1) waiting = setTimeout(ask, 200);
      else { open(false); count.textContent = ""; }
    });
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && options.length) {
        event.preventDefault();
        if (list.hidden) open(true);
        // One place more than there are options: the field itself.
        choose((chosen + 1 + step + options.length + 1) % (options.length + 1) - 1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        stop();
        open(false);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        location.assign(options[chosen].dataset.url);
      }
    });
    field.addEventListener("blur", () => { stop(); open(false); });
    form.addEventListener("submit", stop);
  });

  // One button for all entries of an accordion that stands in no other.
  document.querySelectorAll(".accordion").forEach((accordion) => {
    const entries = [...accordion.querySelectorAll(":scope > details")];
    if (entries.length < 2 || accordion.parentElement.closest(".accordion")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "accordion__all";
    button.dataset.interface = "";
    const allOpen = () => entries.every((entry) => entry.open);
    const show = () => { button.textContent = allOpen() ? "Close all" : "Open all"; };
    button.addEventListener("click", () => {
      const open = !allOpen();
      entries.forEach((entry) => { entry.open = open; });
    });
    entries.forEach((entry) => entry.addEventListener("toggle", show));
    accordion.prepend(button);
    show();
  });

  // A link to a place within an entry opens it, also in browsers that do not do so themselves.
  const openTarget = () => {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* not written as an address: look for it as it is */ }
    const target = name && document.getElementById(name);
    const closed = [];
    for (let entry = target && target.closest(".accordion__entry"); entry; entry = entry.parentElement.closest(".accordion__entry")) closed.push(entry);
    closed.forEach((entry) => { entry.open = true; });
    // The place at the beginning of an entry stands for the entry, title included.
    if (closed.length) (target.matches(".accordion__entry > .body > .anchor:first-child") ? closed[0] : target).scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  openTarget();
  // Show a film or form of another site where it stands; until then nobody is asked for it.
  document.querySelectorAll("[data-plays]").forEach((button) => {
    const cover = button.closest(".embed__cover");
    const frame = cover.parentElement.querySelector("iframe[data-src]");
    button.addEventListener("click", () => {
      // What it shows may not lead the visitor's page elsewhere by itself.
      frame.sandbox = "allow-downloads allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts";
      frame.src = frame.dataset.src;
      cover.hidden = true;
      frame.focus();
    });
    button.hidden = false;
  });
})();
