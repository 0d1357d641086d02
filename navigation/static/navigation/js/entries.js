// Entries of menus and footers: folded, each is one line with its words and where it leads.
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;
  // More than Wagtail cuts each part to, so that the end of a long address is what is lost.
  const LONGEST = 110;

  const partOf = (entry, name) => entry.childBlocks[name]?.getTextLabel?.({ maxLength: 70 }) || '';

  class EntryDefinition extends StructBlockDefinition {
    render(...given) {
      const entry = super.render(...given);
      entry.getTextLabel = () => {
        const target = partOf(entry, 'link') || partOf(entry, 'page');
        const line = [partOf(entry, 'title'), target].filter(Boolean).join(' → ');
        return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
      };
      return entry;
    }
  }

  window.telepath.register('navigation.Entry', EntryDefinition);
})();
