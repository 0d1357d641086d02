/* Bodies of pages: text, tables and pictures that are pasted become blocks, in order. */
(() => {
  "use strict";

  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;
  // What the editor itself puts into the clipboard, which it reads best.
  const OWN = /data-draftjs-conductor-fragment|data-editor=/;
  const FAILED = "Only the words were pasted, because the server did not answer. Undo it, see whether you are"
    + " still signed in, and paste again.";

  /** Returns the text editor in which an event happens: its hidden input, which knows it;
   * none elsewhere. */
  function inputOf(target) {
    const wrapper = target.closest(".Draftail-Editor__wrapper");
    return wrapper && Array.from(wrapper.parentNode.children).find((one) => one.draftailEditor);
  }

  function contentOf(raw) {
    return window.DraftJS.convertFromRaw(typeof raw === "string" ? JSON.parse(raw) : raw);
  }

  /** Puts content at the place of the cursor, instead of what is selected. */
  function insertContent(input, content) {
    const state = input.draftailEditor.getEditorState();
    const changed = window.DraftJS.Modifier.replaceWithFragment(
      state.getCurrentContent(), state.getSelection(), content.getBlockMap(),
    );
    input.draftailEditor.onChange(window.DraftJS.EditorState.push(state, changed, "insert-fragment"));
  }

  /** Takes away what stands after the cursor and returns it, null if that is nothing. */
  function takeRest(input) {
    let state = input.draftailEditor.getEditorState();
    const selection = state.getSelection();
    if (!selection.isCollapsed()) {
      const without = window.DraftJS.Modifier.removeRange(state.getCurrentContent(), selection, "forward");
      state = window.DraftJS.EditorState.push(state, without, "remove-range");
    }
    const content = state.getCurrentContent();
    const place = state.getSelection();
    const last = content.getLastBlock();
    if (place.getStartKey() === last.getKey() && place.getStartOffset() === last.getLength()) {
      input.draftailEditor.onChange(state);
      return null;
    }
    const split = window.DraftJS.Modifier.splitBlock(content, place);
    const key = split.getSelectionAfter().getStartKey();
    const blocks = split.getBlocksAsArray();
    const at = blocks.findIndex((block) => block.getKey() === key);
    const make = (some) => window.DraftJS.ContentState.createFromBlockArray(some);
    const before = make(blocks.slice(0, at));
    const end = before.getLastBlock();
    const kept = window.DraftJS.EditorState.push(state, before, "split-block");
    const cursor = window.DraftJS.SelectionState.createEmpty(end.getKey()).merge({
      anchorOffset: end.getLength(), focusOffset: end.getLength(),
    });
    input.draftailEditor.onChange(window.DraftJS.EditorState.acceptSelection(kept, cursor));
    const rest = make(blocks.slice(at));
    return rest.hasText() ? JSON.stringify(window.DraftJS.convertToRaw(rest)) : null;
  }

  function isEmpty(input) {
    return !input.draftailEditor.getEditorState().getCurrentContent().hasText();
  }

  class Paste {
    constructor(stream, input) {
      this.stream = stream;
      this.input = input;
    }

    get child() {
      return this.stream.children.find((child) => child.element.contains(this.input));
    }

    async read(html, text) {
      const form = new FormData();
      form.append("html", new Blob([html], { type: "text/html" }), "pasted.html");
      // The form's token is renewed when somebody signs in again (keep-typed.js).
      const token = document.querySelector("[data-edit-form] [name=csrfmiddlewaretoken]").value;
      this.input.parentNode.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(this.stream.blockDef.meta.pasteUrl, {
          method: "POST", body: form, headers: { [window.wagtailConfig.CSRF_HEADER_NAME]: token },
        });
        const found = await answer.json();
        if (answer.ok) this.insert(found.blocks, found.notes, text);
        else this.insertPlain(text, found.error || FAILED);
      } catch (error) {
        // Signed out, or no connection: nobody answers with JSON then.
        this.insertPlain(text, FAILED);
      } finally {
        this.input.parentNode.removeAttribute("aria-busy");
      }
    }

    insertPlain(text, words) {
      insertContent(this.input, window.DraftJS.ContentState.createFromText(text));
      this.say([words]);
    }

    insert(blocks, notes, text) {
      const allowed = this.stream.blockDef.childBlockDefsByName;
      const [first, ...others] = blocks.filter((block) => allowed[block.type]);
      if (!first) {
        if (text && !notes.length) insertContent(this.input, window.DraftJS.ContentState.createFromText(text));
        this.say(notes);
        return;
      }
      const after = first.type === "text" ? others : [first, ...others];
      const isText = this.child.type === "text";
      const rest = after.length && isText ? takeRest(this.input) : null;
      if (first.type === "text") insertContent(this.input, contentOf(first.value));
      if (rest) {
        const last = after[after.length - 1];
        after.push({ type: "text", value: rest, id: `${last.id.slice(0, -4)}ffff` });
      }
      const was = this.child;
      let at = this.stream.children.indexOf(was);
      after.forEach((block) => {
        at += 1;
        this.stream.insert(block, at, { animate: false });
      });
      const [next] = after.length ? [this.stream.children[this.stream.children.indexOf(was) + 1]] : [];
      if (next && isText && isEmpty(this.input)) {
        this.stream.deleteBlock(this.stream.children.indexOf(was), {});
        this.input = null;
        this.say(notes, next.element);
        next.block.focus();
      } else {
        this.say(notes);
      }
      this.stream.container[0].dispatchEvent(new Event("change", { bubbles: true }));
    }

    /** Names above the text what could not come along. */
    say(notes, element = null) {
      const place = element || this.child.element;
      place.parentNode.querySelectorAll(":scope > .pasted-note").forEach((old) => old.remove());
      if (!notes.length) return;
      const box = document.createElement("div");
      box.className = "pasted-note help-block help-warning";
      box.setAttribute("role", "status");
      const list = document.createElement("ul");
      notes.forEach((note) => {
        const line = document.createElement("li");
        line.textContent = note;
        list.append(line);
      });
      const close = document.createElement("button");
      close.type = "button";
      close.className = "button button-small button-secondary";
      close.textContent = "Close this note";
      close.addEventListener("click", () => box.remove());
      box.append(list, close);
      place.before(box);
    }
  }

  class PastingStreamDefinition extends StreamBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const stream = super.render(placeholder, prefix, initialState, initialError);
      const container = stream.sequenceContainer[0];
      // Before the editor's own handling, which knows neither tables nor lists of Word.
      container.addEventListener("paste", (event) => {
        const isOwn = event.target.closest("[data-streamfield-stream-container]") === container;
        const input = isOwn && event.clipboardData && inputOf(event.target);
        const html = input ? event.clipboardData.getData("text/html") : "";
        if (!html || OWN.test(html)) return;
        event.preventDefault();
        event.stopPropagation();
        new Paste(stream, input).read(html, event.clipboardData.getData("text/plain"));
      }, true);
      return stream;
    }
  }

  window.telepath.register("editors.PastingStream", PastingStreamDefinition);
})();
