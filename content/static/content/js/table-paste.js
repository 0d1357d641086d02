/* What the clipboard brings: cells of a spreadsheet, or text with a few marks. */
(() => {
  "use strict";

  const KEPT = new Set([
    "B", "STRONG", "I", "EM", "U", "S", "DEL", "SUB", "SUP", "CODE", "BR", "P", "UL", "OL", "LI",
    "H2", "H3", "H4", "H5", "H6",
  ]);
  const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "HEAD", "TITLE", "META", "LINK", "IFRAME", "OBJECT"]);
  const SAFE = /^(https?:|mailto:|tel:|\/(?!\/)|#)/i;

  /** Copies nodes into a target, with those elements only that a cell can hold. */
  function copyInto(target, nodes) {
    nodes.forEach((node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        target.append(node.data.replace(/[ \t\r\n]+/g, " "));
      } else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.has(node.tagName)) {
        let inner = target;
        const address = node.getAttribute("href") || "";
        if (KEPT.has(node.tagName)) {
          inner = document.createElement(node.tagName);
        } else if (node.tagName === "A" && SAFE.test(address)) {
          inner = document.createElement("a");
          ["href", "data-linktype", "data-id", "data-parent-id"].forEach((name) => {
            if (node.hasAttribute(name)) inner.setAttribute(name, node.getAttribute(name));
          });
        } else if (node.tagName === "IMG" && node.dataset.embedtype === "image") {
          inner = node.cloneNode(false);
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

  /**
   * Returns what was pasted: {cells: rows of arrays of nodes}, or {content: a fragment}.
   */
  function read(clipboard) {
    const parsed = new DOMParser().parseFromString(clipboard.getData("text/html"), "text/html");
    const text = clipboard.getData("text/plain");
    const table = parsed.querySelector("table");
    if (table && table.querySelectorAll("td, th").length > 1) {
      const cells = Array.from(table.rows, (row) =>
        Array.from(row.cells, (cell) => [
          ...copyInto(document.createElement("div"), Array.from(cell.childNodes)).childNodes,
        ]),
      );
      return { cells };
    }
    if (text.includes("\t")) return { cells: fieldsOf(text).map((row) => row.map(linesOf)) };
    const fragment = document.createElement("div");
    if (parsed.body.children.length) copyInto(fragment, Array.from(parsed.body.childNodes));
    else fragment.append(...linesOf(text));
    return { content: fragment };
  }

  window.TablePaste = { read, fieldsOf };
})();
