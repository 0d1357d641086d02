// Opens what hides the place that an address names behind "#:w:contentpath=", scrolls there and
// puts the cursor into it. Wagtail's editor scrolls by itself, but not into entries that are
// folded up.
(() => {
  const TRIES = 100;
  const PAUSE = 100;
  const directives = location.hash.split(":w:")[1];
  const place = new URLSearchParams(directives || "").get("contentpath");
  if (!place) return;
  const selector = place
    .split(".")
    .filter(Boolean)
    .map((name) => `[data-contentpath="${CSS.escape(name)}"]`)
    .join(" ");

  const open = (target) => {
    for (let box = target; box; box = box.parentElement) {
      const button = box.id && document.querySelector(`[aria-controls="${CSS.escape(box.id)}"]`);
      if (button && button.getAttribute("aria-expanded") === "false") button.click();
    }
  };

  const show = (target) => {
    open(target);
    const field = target.querySelector(
      "input:not([type=hidden]), textarea:not([hidden]), select, [contenteditable=true]",
    );
    target.scrollIntoView({ block: "center" });
    if (field) field.focus({ preventScroll: true });
  };

  const look = (left) => {
    const target = selector && document.querySelector(selector);
    // After Wagtail's own scrolling, which waits a little itself.
    if (target) setTimeout(() => show(target), 300);
    else if (left) setTimeout(() => look(left - 1), PAUSE);
  };
  if (document.readyState === "complete") look(TRIES);
  else addEventListener("load", () => look(TRIES));
})();
