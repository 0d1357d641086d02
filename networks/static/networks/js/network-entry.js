// A closed line of the network directory shows all of its words. Wagtail cuts every part of a
// caption after fifty letters, and names of networks are longer.
(() => {
  const PARTS = ["text_before", "link_text", "text_after"];

  class NetworkEntryDefinition extends window.wagtailStreamField.blocks.StructBlockDefinition {
    render(...given) {
      const entry = super.render(...given);
      entry.getTextLabel = () =>
        PARTS.map((name) => entry.childBlocks[name].getTextLabel())
          .filter(Boolean)
          .join(" ");
      // The style sheet beside this script lets the caption take several lines.
      entry.container[0].closest("[data-panel]")?.classList.add("network-line");
      return entry;
    }
  }

  window.telepath.register("networks.blocks.NetworkEntry", NetworkEntryDefinition);
})();
