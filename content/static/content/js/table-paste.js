/* What the clipboard brings: cells of a spreadsheet, or text with a few marks. */
(() => {
  "use strict";

  const KEPT = new Set([
    "B", "STRONG", "I", "EM", "U", "S", "DEL", "SUB", "SUP", "CODE", "BR", "P", "UL", "OL", "LI",
    "H2", "H3", "H4", "H5", "H6",
  ]);
  const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "HEAD", "TITLE", "META", "LINK", "IFRAME", "OBJECT"]);
  const SAFE = /^(https?:|mailto:|tel:|\/(?!\/)|#)/i;

  // What Word writes before an entry of a list, and beside the text.
  const UNSEEN = /mso-list:\s*ignore|mso-element:\s*comment|display:\s*none/i;

  /** Returns the mark that a style stands for, "" for none. */
  function markOf(node) {
    if (node.tagName !== "SPAN" && node.tagName !== "FONT") return "";
    const { fontWeight, fontStyle } = node.style;
    if (fontWeight === "bold" || Number(fontWeight) >= 600) return "b";
    return fontStyle === "italic" ? "i" : "";
  }

  /** Tells whether a style takes away what the element stands for, as Google Docs writes it. */
  function isPlain(node) {
    const { fontWeight, fontStyle } = node.style;
    if (node.tagName === "B" || node.tagName === "STRONG") return fontWeight === "normal" || fontWeight === "400";
    return (node.tagName === "I" || node.tagName === "EM") && fontStyle === "normal";
  }

  /** Returns an element of the same kind with these attributes only: others may hold scripts. */
  function copyOf(node, names) {
    const copy = document.createElement(node.tagName);
    names.forEach((name) => {
      if (node.hasAttribute(name)) copy.setAttribute(name, node.getAttribute(name));
    });
    return copy;
  }

  /** Copies nodes into a target, with those elements only that a cell can hold. */
  function copyInto(target, nodes) {
    nodes.forEach((node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        target.append(node.data.replace(/[ \t\r\n]+/g, " "));
      } else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.has(node.tagName)) {
        if (UNSEEN.test(node.getAttribute("style") || "")) return;
        let inner = target;
        const address = node.getAttribute("href") || "";
        if (isPlain(node)) {
          copyInto(target, Array.from(node.childNodes));
          return;
        }
        if (markOf(node)) {
          inner = document.createElement(markOf(node));
        } else if (KEPT.has(node.tagName)) {
          inner = document.createElement(node.tagName);
        } else if (node.tagName === "A" && SAFE.test(address)) {
          inner = copyOf(node, ["href", "data-linktype", "data-id", "data-parent-id"]);
        } else if (node.tagName === "IMG" && node.dataset.embedtype === "image") {
          inner = copyOf(node, ["src", "alt", "data-embedtype", "data-id", "data-format", "data-decorative"]);
        } else if (["DIV", "SECTION", "ARTICLE", "BLOCKQUOTE"].includes(node.tagName)) {
          inner = document.createElement("p");
        }
        if (inner !== target) target.append(inner);
        copyInto(inner, Array.from(node.childNodes));
      }
    });
    return target;
  }

  /** Returns the fields of text from a spreadsheet: tabs between, quotes around line breaks. */
  function fieldsOf(text) {
    const rows = [[]];
    const field = /\t|\r?\n|"((?:[^"]|"")*)"(?=\t|\r?\n|$)|[^\t\r\n]+/g;
    let value = "";
    for (const match of text.replace(/\r?\n$/, "").matchAll(field)) {
      if (match[0] === "\t" || match[0].endsWith("\n") && match[1] === undefined) {
        rows[rows.length - 1].push(value);
        value = "";
        if (match[0] !== "\t") rows.push([]);
      } else {
        value = match[1] === undefined ? match[0] : match[1].replaceAll('""', '"');
      }
    }
    rows[rows.length - 1].push(value);
    return rows;
  }

  /** Returns text as nodes, line breaks as such. */
  function linesOf(text) {
    return text.split(/\r?\n/).flatMap((line, number) => (number ? [document.createElement("br"), line] : [line]));
  }

  /** Returns the cells of a table: the place, the size and the nodes of each. */
  function cellsOf(table) {
    const { slots } = window.TableGrid.slotsOf(table);
    const found = [];
    slots.forEach((places, row) => new Set(places).forEach((cell) => {
      if (!cell || cell.parentNode !== table.rows[row]) return;
      const column = places.indexOf(cell);
      const below = slots.slice(row).findIndex((other) => other[column] !== cell);
      found.push({
        row,
        column,
        rows: below < 0 ? slots.length - row : below,
        columns: cell.colSpan,
        nodes: [...copyInto(document.createElement("div"), Array.from(cell.childNodes)).childNodes],
      });
    }));
    return found;
  }

  const single = (nodes, row, column) => ({ row, column, rows: 1, columns: 1, nodes });

  /**
   * Returns what was pasted: {cells: [{row, column, rows, columns, nodes}], others: whether words
   * stood around the table}, or {content: a fragment}.
   */
  function read(clipboard) {
    const parsed = new DOMParser().parseFromString(clipboard.getData("text/html"), "text/html");
    const text = clipboard.getData("text/plain");
    const table = parsed.querySelector("table");
    if (table && table.querySelectorAll("td, th").length > 1) {
      const cells = cellsOf(table);
      table.remove();
      parsed.querySelectorAll("style, script, title").forEach((one) => one.remove());
      return { cells, others: Boolean(parsed.body.textContent.trim()) };
    }
    if (text.includes("\t")) {
      const rows = fieldsOf(text);
      return { cells: rows.flatMap((row, y) => row.map((field, x) => single(linesOf(field), y, x))) };
    }
    const fragment = document.createElement("div");
    if (parsed.body.children.length) copyInto(fragment, Array.from(parsed.body.childNodes));
    else fragment.append(...linesOf(text));
    return { content: fragment };
  }

  window.TablePaste = { read, fieldsOf };
})();
