/* A table that editors write in. The hidden field beside it changes only when they do. */
(() => {
  "use strict";

  const { Controller } = window.StimulusModule;
  const grid = window.TableGrid;
  const NEW_LINK = "#table-editor-new-link";
  const MARKS = { bold: "b, strong", italic: "i, em" };

  class TableEditor extends Controller {
    static targets = ["input", "frame", "status", "tool"];

    static values = { choosers: Object };

    connect() {
      const shown = new DOMParser().parseFromString(this.inputTarget.value, "text/html");
      this.table = document.adoptNode(
        shown.querySelector("table") || new DOMParser().parseFromString(
          "<table><tbody><tr><td></td></tr></tbody></table>", "text/html",
        ).querySelector("table"),
      );
      this.frameTarget.replaceChildren(this.table);
      this.prepare();
      this.current = this.table.rows[0].cells[0];
      this.mark(this.current);
      document.execCommand("defaultParagraphSeparator", false, "p");
      this.onSelection = () => this.showState();
      document.addEventListener("selectionchange", this.onSelection);
      this.toolTargets.forEach((tool, number) => { tool.tabIndex = number ? -1 : 0; });
    }

    disconnect() {
      document.removeEventListener("selectionchange", this.onSelection);
      this.frameTarget.replaceChildren();
    }

    /** Makes every cell one that can be written in. One of them at a time is a stop for Tab. */
    prepare() {
      this.table.setAttribute("role", "grid");
      this.table.setAttribute("aria-label", this.element.dataset.label);
      for (const row of this.table.rows) {
        for (const cell of row.cells) {
          if (cell.contentEditable !== "true") {
            cell.contentEditable = "true";
            cell.tabIndex = -1;
          }
        }
      }
    }

    mark(cell) {
      if (this.current) {
        this.current.tabIndex = -1;
        this.current.classList.remove("is-current");
      }
      this.current = cell;
      cell.tabIndex = 0;
      cell.classList.add("is-current");
      this.showState();
    }

    showState() {
      const on = {
        toggleHead: Boolean(this.table.tHead),
        toggleHeaderCell: this.current.tagName === "TH",
      };
      const selection = document.getSelection();
      const anchor = selection.anchorNode;
      const inside = anchor && this.current.contains(anchor);
      const element = inside && (anchor.nodeType === Node.ELEMENT_NODE ? anchor : anchor.parentElement);
      Object.entries(MARKS).forEach(([name, selector]) => {
        on[name] = Boolean(element && element.closest(selector));
      });
      this.toolTargets.forEach((tool) => {
        const command = tool.dataset.command;
        if (command in on) tool.setAttribute("aria-pressed", String(on[command]));
      });
    }

    say(words) {
      this.statusTarget.textContent = words;
    }

    /** Hands the table to the form. */
    save() {
      const copy = this.table.cloneNode(true);
      copy.removeAttribute("role");
      copy.removeAttribute("aria-label");
      copy.querySelectorAll("[contenteditable]").forEach((cell) => {
        ["contenteditable", "tabindex", "class"].forEach((name) => cell.removeAttribute(name));
      });
      this.inputTarget.value = copy.outerHTML;
      this.inputTarget.dispatchEvent(new Event("change", { bubbles: true }));
    }

    changed(cell) {
      this.prepare();
      if (cell) {
        this.mark(cell);
        cell.focus();
      }
      this.save();
      this.say("");
    }

    // What happens in the table

    entered(event) {
      const cell = event.target.closest("td, th");
      if (cell && this.table.contains(cell)) this.mark(cell);
    }

    written() {
      this.save();
    }

    pressed(event) {
      const cell = event.target.closest("td, th");
      if (!cell) return;
      if (event.key === "Tab") {
        const cells = Array.from(this.table.querySelectorAll("td, th"));
        const next = cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)];
        if (next) {
          event.preventDefault();
          this.select(next);
        }
      } else if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        this.toolTargets[0].focus();
      }
    }

    select(cell) {
      this.mark(cell);
      cell.focus();
      const range = document.createRange();
      range.selectNodeContents(cell);
      range.collapse(false);
      const selection = document.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    }

    clicked(event) {
      // A link in the table is text to edit, not a way off the page.
      if (event.target.closest("a")) event.preventDefault();
    }

    pasted(event) {
      event.preventDefault();
      const found = window.TablePaste.read(event.clipboardData);
      if (found.content) {
        document.execCommand("insertHTML", false, found.content.innerHTML);
        this.save();
        return;
      }
      const start = grid.placeOf(this.table, this.current);
      found.cells.forEach((pasted) => grid.fill(this.table, start, pasted));
      this.changed(grid.slotsOf(this.table).slots[start.row][start.column]);
      const rows = Math.max(...found.cells.map((pasted) => pasted.row + pasted.rows));
      const rest = found.others ? " The text around the table was left out. Paste it into a Text block." : "";
      this.say(`${rows} rows were pasted.${rest}`);
    }

    // The tools

    keepSelection(event) {
      event.preventDefault();
    }

    moveTool(event) {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (event.key === "Escape") this.select(this.current);
      if (!step) return;
      event.preventDefault();
      const tools = this.toolTargets;
      const next = tools[(tools.indexOf(event.target.closest("button")) + step + tools.length) % tools.length];
      tools.forEach((tool) => { tool.tabIndex = tool === next ? 0 : -1; });
      next.focus();
    }

    run(event) {
      const { command } = event.currentTarget.dataset;
      this[command](event);
    }

    format(name) {
      this.current.focus();
      document.execCommand(name);
      this.save();
      this.showState();
    }

    bold() { this.format("bold"); }

    italic() { this.format("italic"); }

    rowBefore() { this.changed(grid.addRow(this.table, this.current, false)); }

    rowAfter() { this.changed(grid.addRow(this.table, this.current, true)); }

    columnBefore() { this.changed(grid.addColumn(this.table, this.current, false)); }

    columnAfter() { this.changed(grid.addColumn(this.table, this.current, true)); }

    removeRow() { this.remove(grid.removeRow(this.table, this.current), "row"); }

    removeColumn() { this.remove(grid.removeColumn(this.table, this.current), "column"); }

    remove(near, what) {
      if (near) this.changed(near);
      else this.say(`A table keeps its last ${what}. Delete the block to remove the table.`);
    }

    mergeRight() {
      this.join(grid.mergeRight(this.table, this.current), "There is no cell of the same height at the right.");
    }

    mergeBelow() {
      this.join(grid.mergeBelow(this.table, this.current), "There is no cell of the same width below.");
    }

    split() {
      this.join(grid.split(this.table, this.current), "This cell was not merged, so it can't be split.");
    }

    join(done, words) {
      if (done) this.changed(this.current);
      else this.say(words);
    }

    toggleHead() {
      const { row, column } = grid.placeOf(this.table, this.current);
      const isOn = grid.toggleHead(this.table);
      this.current = null;
      this.changed(grid.slotsOf(this.table).slots[row][column]);
      this.say(isOn ? "The first row is the header." : "The table has no header row.");
    }

    toggleHeaderCell() {
      const cell = grid.toggleHeaderCell(this.current);
      if (!cell) {
        this.say("All cells of the header row are headers. Turn the header row off first.");
        return;
      }
      this.current = null;
      this.changed(cell);
    }

    // Links and pictures, by the choosers of Wagtail's own text editor

    /** Remembers the selection; returns a function that brings it back. */
    keptSelection() {
      const selection = document.getSelection();
      const known = selection.rangeCount && this.current.contains(selection.anchorNode);
      const range = known ? selection.getRangeAt(0).cloneRange() : null;
      return () => {
        this.select(this.current);
        if (range) {
          selection.removeAllRanges();
          selection.addRange(range);
        }
      };
    }

    linkAround() {
      const { anchorNode } = document.getSelection();
      const element = anchorNode && (anchorNode.nodeType === Node.ELEMENT_NODE ? anchorNode : anchorNode.parentElement);
      const link = element && element.closest("a");
      return link && this.current.contains(link) ? link : null;
    }

    link() {
      const restore = this.keptSelection();
      const old = this.linkAround();
      const words = old ? old.textContent : String(document.getSelection());
      const { url, params } = this.linkChooser(old);
      window.ModalWorkflow({
        url,
        urlParams: {
          page_type: "wagtailcore.page",
          allow_external_link: true, allow_email_link: true, allow_phone_link: true, allow_anchor_link: true,
          link_text: words,
          ...params,
        },
        onload: window.PAGE_CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: {
          pageChosen: (data) => this.putLink(restore, old, { kind: "page", ...data }),
        },
      });
    }

    linkChooser(old) {
      const choosers = this.choosersValue;
      const address = (old && old.getAttribute("href")) || "";
      if (old && old.dataset.linktype === "page") {
        const below = old.dataset.parentId ? `${old.dataset.parentId}/` : "";
        return { url: choosers.page + below, params: {} };
      }
      if (!old || old.dataset.linktype) return { url: choosers.page, params: {} };
      for (const [start, name] of [["mailto:", "email"], ["tel:", "phone"], ["#", "anchor"]]) {
        if (address.startsWith(start)) {
          return { url: choosers[name], params: { link_url: address.slice(start.length) } };
        }
      }
      return { url: choosers.external, params: { link_url: address } };
    }

    documentLink() {
      const restore = this.keptSelection();
      const old = this.linkAround();
      window.ModalWorkflow({
        url: this.choosersValue.document,
        onload: window.DOCUMENT_CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: {
          chosen: (data) => this.putLink(restore, old, { kind: "document", ...data }),
        },
      });
    }

    putLink(restore, old, chosen) {
      restore();
      let link = old;
      if (!link) {
        if (document.getSelection().isCollapsed) {
          const made = document.createElement("a");
          made.href = NEW_LINK;
          made.textContent = chosen.title;
          document.execCommand("insertHTML", false, made.outerHTML);
        } else {
          document.execCommand("createLink", false, NEW_LINK);
        }
        link = this.current.querySelector(`a[href="${NEW_LINK}"]`);
      }
      if (!link) return;
      ["data-linktype", "data-id", "data-parent-id"].forEach((name) => link.removeAttribute(name));
      link.setAttribute("href", chosen.url || "");
      if (chosen.id) {
        link.dataset.linktype = chosen.kind;
        link.dataset.id = chosen.id;
        if (chosen.parentId) link.dataset.parentId = chosen.parentId;
      }
      if (chosen.prefer_this_title_as_link_text) link.textContent = chosen.title;
      this.save();
    }

    unlink() {
      const link = this.linkAround();
      if (!link) {
        this.say("Put the cursor into a link to remove it.");
        return;
      }
      link.replaceWith(...link.childNodes);
      this.save();
    }

    picture() {
      const restore = this.keptSelection();
      window.ModalWorkflow({
        url: `${this.choosersValue.image}?select_format=true`,
        onload: window.IMAGE_CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: {
          chosen: (data) => {
            restore();
            const image = document.createElement("img");
            Object.assign(image.dataset, { embedtype: "image", id: data.id, format: data.format });
            image.alt = data.alt || "";
            // The chooser asks for words, or for the choice that there are none.
            if (!image.alt) image.dataset.decorative = "true";
            image.src = data.preview.url;
            document.execCommand("insertHTML", false, image.outerHTML);
            this.save();
          },
        },
      });
    }
  }

  window.wagtail.app.register("table-editor", TableEditor);
})();
