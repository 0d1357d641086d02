/* Rows, columns and cells of a table element, spans included. Knows nothing of the editor. */
(() => {
  "use strict";

  /** Returns the table's rows, and for each the cell at every column. */
  function slotsOf(table) {
    const rows = Array.from(table.rows);
    const slots = rows.map(() => []);
    rows.forEach((row, top) => {
      const left = Array.from(row.parentNode.rows).length - Array.from(row.parentNode.rows).indexOf(row);
      let column = 0;
      for (const cell of row.cells) {
        while (slots[top][column]) column += 1;
        for (let y = 0; y < Math.min(cell.rowSpan || left, left); y += 1) {
          for (let x = 0; x < cell.colSpan; x += 1) slots[top + y][column + x] = cell;
        }
        column += cell.colSpan;
      }
    });
    return { rows, slots };
  }

  /** Returns where a cell stands, and how far it reaches. */
  function placeOf(table, cell) {
    const { rows, slots } = slotsOf(table);
    const row = rows.indexOf(cell.parentNode);
    return { row, column: slots[row].indexOf(cell), rows: cell.rowSpan, columns: cell.colSpan };
  }

  function newCell(kind) {
    const cell = document.createElement(kind);
    if (kind === "th") cell.scope = "col";
    return cell;
  }

  function span(cell, name, count) {
    if (count > 1) cell.setAttribute(name, count);
    else cell.removeAttribute(name);
  }

  /** Puts a cell into a row so that it stands at a column. */
  function putAt(table, row, column, cell) {
    const { rows, slots } = slotsOf(table);
    const places = slots[rows.indexOf(row)];
    const next = Array.from(row.cells).find((other) => places.indexOf(other) >= column);
    row.insertBefore(cell, next || null);
  }

  const inHead = (row) => row.parentNode.tagName === "THEAD";

  function bodyOf(table) {
    return table.tBodies[0] || table.appendChild(document.createElement("tbody"));
  }

  /** Adds a row before or after the one a cell stands in and returns its first new cell. */
  function addRow(table, cell, after) {
    const { rows, slots } = slotsOf(table);
    const place = placeOf(table, cell);
    const at = after ? place.row + Math.max(1, place.rows) : place.row;
    const beside = rows[after ? at - 1 : at];
    const leavesHead = after && inHead(beside) && (!rows[at] || !inHead(rows[at]));
    const row = document.createElement("tr");
    const width = Math.max(...slots.map((places) => places.length));
    const grown = new Set();
    for (let column = 0; column < width; column += 1) {
      const above = at > 0 ? slots[at - 1][column] : null;
      const below = at < rows.length ? slots[at][column] : null;
      if (above && above === below) {
        if (!grown.has(above)) span(above, "rowspan", above.rowSpan + 1);
        grown.add(above);
      } else {
        const like = slots[rows.indexOf(beside)][column];
        const made = newCell(like && like.tagName === "TH" && !leavesHead ? "th" : "td");
        if (made.tagName === "TH" && !inHead(beside)) made.scope = "row";
        row.appendChild(made);
      }
    }
    if (leavesHead) bodyOf(table).prepend(row);
    else beside.parentNode.insertBefore(row, after ? beside.nextSibling : beside);
    return row.cells[0] || cell;
  }

  /** Adds a column before or after a cell and returns its new cell in the same row. */
  function addColumn(table, cell, after) {
    const { rows, slots } = slotsOf(table);
    const place = placeOf(table, cell);
    const at = after ? place.column + place.columns : place.column;
    const grown = new Set();
    let found = cell;
    rows.forEach((row, number) => {
      const before = at > 0 ? slots[number][at - 1] : null;
      const next = slots[number][at];
      if (before && before === next) {
        if (!grown.has(before)) span(before, "colspan", before.colSpan + 1);
        grown.add(before);
        return;
      }
      const made = newCell(inHead(row) ? "th" : "td");
      const following = Array.from(row.cells).find((other) => slots[number].indexOf(other) >= at);
      row.insertBefore(made, following || null);
      if (number === place.row) found = made;
    });
    return found;
  }

  /** Removes the row of a cell; returns a cell nearby, or null if it is the only row. */
  function removeRow(table, cell) {
    const { rows, slots } = slotsOf(table);
    if (rows.length < 2) return null;
    const { row: at, column } = placeOf(table, cell);
    const row = rows[at];
    new Set(slots[at]).forEach((one) => {
      if (!one || one.rowSpan < 2) return;
      span(one, "rowspan", one.rowSpan - 1);
      if (one.parentNode === row) putAt(table, rows[at + 1], slots[at].indexOf(one), one);
    });
    const section = row.parentNode;
    row.remove();
    if (!section.rows.length) section.remove();
    const left = slotsOf(table);
    const near = left.slots[Math.min(at, left.rows.length - 1)];
    return near[Math.min(column, near.length - 1)] || table.rows[0].cells[0];
  }

  /** Removes the column at which a cell begins; returns a cell nearby, or null if it is the only one. */
  function removeColumn(table, cell) {
    const { slots } = slotsOf(table);
    if (Math.max(...slots.map((places) => places.length)) < 2) return null;
    const { row, column } = placeOf(table, cell);
    new Set(slots.map((places) => places[column])).forEach((one) => {
      if (!one) return;
      if (one.colSpan > 1) span(one, "colspan", one.colSpan - 1);
      else one.remove();
    });
    const places = slotsOf(table).slots[row];
    return places[Math.min(column, places.length - 1)] || table.rows[0].cells[0];
  }

  function takeContent(cell, other) {
    const words = other.textContent.trim() || other.querySelector("img");
    if (words && (cell.textContent.trim() || cell.querySelector("img"))) {
      cell.appendChild(document.createElement("br"));
    }
    if (words) cell.append(...other.childNodes);
    other.remove();
  }

  /** Joins a cell with the one at its right. Returns false if that one has another height. */
  function mergeRight(table, cell) {
    const { slots } = slotsOf(table);
    const place = placeOf(table, cell);
    const other = slots[place.row][place.column + place.columns];
    if (!other || other.rowSpan !== cell.rowSpan || placeOf(table, other).row !== place.row) return false;
    span(cell, "colspan", cell.colSpan + other.colSpan);
    takeContent(cell, other);
    return true;
  }

  /** Joins a cell with the one below it. Returns false if that one has another width. */
  function mergeBelow(table, cell) {
    const { rows, slots } = slotsOf(table);
    const place = placeOf(table, cell);
    const below = rows[place.row + place.rows];
    const other = below && slots[place.row + place.rows][place.column];
    if (!other || below.parentNode !== cell.parentNode.parentNode) return false;
    const there = placeOf(table, other);
    if (other.colSpan !== cell.colSpan || there.column !== place.column) return false;
    span(cell, "rowspan", cell.rowSpan + other.rowSpan);
    takeContent(cell, other);
    return true;
  }

  /** Makes single cells of one that covers several. Returns false if it covers one only. */
  function split(table, cell) {
    const { rows } = slotsOf(table);
    const place = placeOf(table, cell);
    if (place.rows < 2 && place.columns < 2) return false;
    span(cell, "colspan", 1);
    span(cell, "rowspan", 1);
    for (let y = 0; y < place.rows; y += 1) {
      for (let x = y ? 0 : 1; x < place.columns; x += 1) {
        putAt(table, rows[place.row + y], place.column + x, newCell(cell.tagName.toLowerCase()));
      }
    }
    return true;
  }

  /**
   * Puts a pasted cell so many rows and columns from a place. Makes room where there is none, and
   * the place as large as the pasted cell, as far as it stays in its part of the table.
   */
  function fill(table, start, { row, column, rows: height, columns: width, nodes }) {
    const top = start.row + row;
    const left = start.column + column;
    let { rows, slots } = slotsOf(table);
    while (rows.length < top + height) {
      addRow(table, slots[rows.length - 1][0], true);
      ({ rows, slots } = slotsOf(table));
    }
    while (slots[top].length < left + width) {
      const places = slots[top];
      addColumn(table, places[places.length - 1], true);
      ({ slots } = slotsOf(table));
    }
    for (let y = top; y < top + height; y += 1) {
      for (let x = left; x < left + width; x += 1) {
        split(table, slotsOf(table).slots[y][x]);
        slotsOf(table).slots[y][x].replaceChildren();
      }
    }
    const at = (y) => slotsOf(table).slots[y][left];
    for (let y = top; y < top + height; y += 1) {
      for (let x = 1; x < width; x += 1) mergeRight(table, at(y));
    }
    for (let y = 1; y < height; y += 1) mergeBelow(table, at(top));
    at(top).replaceChildren(...nodes);
  }

  /** Makes another kind of cell of a cell, with all that is in it. */
  function turnInto(cell, kind, scope) {
    const made = newCell(kind);
    ["colspan", "rowspan"].forEach((name) => {
      if (cell.hasAttribute(name)) made.setAttribute(name, cell.getAttribute(name));
    });
    if (kind === "th") made.scope = scope;
    made.append(...cell.childNodes);
    cell.replaceWith(made);
    return made;
  }

  /** Makes a header of the first row, or ordinary rows of the header. Returns whether there is one. */
  function toggleHead(table) {
    if (table.tHead) {
      const rows = Array.from(table.tHead.rows);
      rows.forEach((row) => Array.from(row.cells).forEach((cell) => turnInto(cell, "td")));
      bodyOf(table).prepend(...rows);
      table.tHead.remove();
      return false;
    }
    const rows = Array.from(table.rows);
    let count = 1;
    for (let at = 0; at < count; at += 1) {
      for (const cell of rows[at].cells) count = Math.max(count, at + cell.rowSpan);
    }
    const head = document.createElement("thead");
    table.prepend(head);
    rows.slice(0, count).forEach((row) => {
      Array.from(row.cells).forEach((cell) => turnInto(cell, "th", "col"));
      head.appendChild(row);
    });
    Array.from(table.tBodies).forEach((body) => body.rows.length || body.remove());
    return true;
  }

  /** Turns a header cell at the side into an ordinary one, or back; null in the header row. */
  function toggleHeaderCell(cell) {
    if (inHead(cell.parentNode)) return null;
    return cell.tagName === "TH" ? turnInto(cell, "td") : turnInto(cell, "th", "row");
  }

  window.TableGrid = {
    slotsOf, placeOf, addRow, addColumn, removeRow, removeColumn, mergeRight, mergeBelow, split, fill,
    toggleHead, toggleHeaderCell,
  };
})();
