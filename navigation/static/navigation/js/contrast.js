// The form of the site identity: contrasts while somebody types, and a palette to pick from.
(function () {
  "use strict";

  const PAUSE = 250;

  function start() {
    const panel = document.querySelector("[data-contrast]");
    const said = document.querySelector("[data-contrast-said]");
    const fields = ["primary", "secondary"].map((name) =>
      document.querySelector(`[name="${name}_colour"]`),
    );
    if (!panel || fields.includes(null)) return;
    let timer = 0;
    let question = null;

    // The server computes, so that there is one rule for what is shown and what is done.
    async function ask() {
      if (question) question.abort();
      question = new AbortController();
      const given = new URLSearchParams({
        primary: fields[0].value.trim(),
        secondary: fields[1].value.trim(),
      });
      try {
        const answer = await fetch(`${panel.dataset.contrast}?${given}`, {
          signal: question.signal,
        });
        if (!answer.ok) return;
        panel.innerHTML = await answer.text();
        const ratios = [...panel.querySelectorAll("[data-ratio]")].map((cell) => cell.textContent);
        said.textContent = ratios.length
          ? `Contrasts: ${ratios.join(", ")}`
          : panel.textContent.trim();
      } catch (error) {
        if (error.name !== "AbortError") throw error;
      }
    }

    function later() {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, PAUSE);
    }

    fields.forEach((field) => {
      const picker = document.createElement("input");
      const label = document.querySelector(`label[for="${field.id}"]`);
      picker.type = "color";
      picker.setAttribute("aria-label", `Pick: ${label ? label.textContent.trim() : field.name}`);
      const show = () => {
        if (/^#[0-9a-f]{6}$/i.test(field.value)) picker.value = field.value.toLowerCase();
      };
      show();
      field.after(picker);
      field.addEventListener("input", () => {
        show();
        later();
      });
      picker.addEventListener("input", () => {
        field.value = picker.value;
        // The form notices changes of its own fields only, for the preview and unsaved changes.
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
