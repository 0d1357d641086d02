// Shows how far an import is, and loads the page anew when its state changes. Without this script
// the link "Look again" does the same.
(() => {
  const part = document.querySelector("[data-progress]");
  if (!part) return;
  const look = async () => {
    try {
      const answer = await fetch(part.dataset.progress, { credentials: "same-origin" });
      const state = answer.headers.get("X-Request-State");
      if (answer.ok && state !== part.dataset.state) {
        // A confirmed plan is soon running; only the words change then.
        if (part.dataset.state === "confirmed" && state === "running") {
          part.dataset.state = state;
        } else {
          window.location.reload();
          return;
        }
      }
      const html = answer.ok ? await answer.text() : part.innerHTML;
      if (part.innerHTML !== html) part.innerHTML = html;
    } catch {
      // The server is away for a moment; the next look may find it.
    }
    window.setTimeout(look, 2000);
  };
  window.setTimeout(look, 1000);
})();
