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
