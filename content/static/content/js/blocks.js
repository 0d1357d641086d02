// What Wagtail's blocks don't do: a reached limit switches its plus signs off, and a new block
// or entry is unfolded down to its first field, which has the focus.
(() => {
  // Forms without blocks get this file, too: those of accounts, sites and pictures.
  if (!window.wagtailStreamField) return;
  const { ListBlock, StreamBlock } = window.wagtailStreamField.blocks;
  const CONTROLS = 'input:not([type="hidden"]), textarea, select, [contenteditable="true"], button';

  const isFull = (sequence, type) => {
    const most = sequence.getBlockMax(type);
    return typeof most === 'number' && most > 0 && sequence.getBlockCount(type) >= most;
  };

  const switchButton = (button, off, most) => {
    if (!button) return;
    button.disabled = off;
    button.dataset.words = button.dataset.words || button.title;
    button.title = off ? `There is room for ${most} at most` : button.dataset.words;
  };

  const switchDuplicating = (sequence, fullFor) => {
    sequence.children.forEach((child) => {
      const button = child.element?.querySelector('[data-streamfield-action="DUPLICATE"]');
      const type = fullFor(child);
      switchButton(button, type !== undefined, type && sequence.getBlockMax(type.name));
    });
  };

  const afterCounting = (Block, limit) => {
    const counted = Block.prototype.blockCountChanged;
    Block.prototype.blockCountChanged = function blockCountChanged() {
      counted.call(this);
      limit(this);
    };
  };

  afterCounting(ListBlock, (list) => {
    const full = isFull(list);
    list.inserters.forEach((one) => switchButton(one.element, full, list.getBlockMax()));
    switchDuplicating(list, () => (full ? {} : undefined));
  });

  afterCounting(StreamBlock, (stream) => {
    const all = isFull(stream);
    // The menu offers the kinds for which there is room.
    const offered = stream.blockDef.groupedChildBlockDefs
      .map(([group, kinds]) => [group, kinds.filter((kind) => !isFull(stream, kind.name))])
      .filter(([, kinds]) => kinds.length);
    stream.inserters.forEach((one) => {
      if (offered.length) one.groupedChildBlockDefs = offered;
      const button = one.element.querySelector('button');
      switchButton(button, all || !offered.length, stream.getBlockMax() || 'one of each');
    });
    switchDuplicating(stream, (child) => {
      if (all) return {};
      return isFull(stream, child.type) ? { name: child.type } : undefined;
    });
  });

  const isShown = (one) => one.getClientRects().length > 0;

  const unfold = (element) => {
    const first =
      element.querySelector('.w-field__input') || element.querySelector('.c-sf-add-button');
    for (let at = first; at && at !== element; at = at.parentElement) {
      const toggle = at.matches('[data-panel]') && at.querySelector('[data-panel-toggle]');
      if (toggle && toggle.getAttribute('aria-expanded') === 'false') toggle.click();
    }
    if (element.contains(document.activeElement)) return;
    const controls = first ? [first, ...first.querySelectorAll(CONTROLS)] : [];
    controls.find((one) => one.matches(CONTROLS) && isShown(one))?.focus();
  };

  // Both kinds of sequences inherit it.
  const sequence = Object.getPrototypeOf(ListBlock.prototype);
  const asked = sequence._onRequestInsert;
  sequence._onRequestInsert = function onRequestInsert(index, options) {
    asked.call(this, index, options);
    const { block, element } = this.children[index];
    // Wagtail gives the focus when the new block begins to slide open.
    block.focus = (how) => {
      delete block.focus;
      block.focus(how);
      unfold(element);
    };
  };
})();
