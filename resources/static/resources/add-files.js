// Takes files that are dropped: on the form of files, and on the list of a category, where the
// form opens with them. Without it, the form has an ordinary choice of files.
(() => {
  const holdsFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

  const showNames = (form) => {
    const input = form.querySelector("input[type=file]");
    const names = form.querySelector(".add-files-names");
    const items = [...input.files].map((file) => {
      const item = document.createElement("li");
      item.textContent = file.name;
      return item;
    });
    names.replaceChildren(...(items.length > 1 ? items : []));
  };

  const take = (form, files) => {
    form.querySelector("input[type=file]").files = files;
    showNames(form);
    form.querySelector("button[type=submit]").focus();
  };

  const prepare = (form) => {
    const zone = form.querySelector("[data-add-files]");
    form.addEventListener("change", () => showNames(form));
    zone.addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      zone.classList.add("is-over");
    });
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      zone.classList.remove("is-over");
      take(form, event.dataTransfer.files);
    });
  };

  const ask = async (address, files) => {
    const answer = await fetch(`${address}?part=1`, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) {
      location.href = address;
      return;
    }
    const dialog = document.createElement("dialog");
    dialog.className = "add-files-dialog";
    dialog.setAttribute("aria-label", "Add files");
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = parsed.querySelector("form");
    dialog.append(document.adoptNode(form));
    document.body.append(dialog);
    const close = form.querySelector("[data-add-files-close]");
    close.hidden = false;
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    prepare(form);
    dialog.showModal();
    take(form, files);
  };

  const start = () => {
    document.querySelectorAll("form.add-files").forEach(prepare);
    const list = document.querySelector("[data-drop-files]");
    if (!list) return;
    document.addEventListener("dragover", (event) => {
      if (holdsFiles(event)) event.preventDefault();
    });
    document.addEventListener("drop", (event) => {
      if (!holdsFiles(event) || event.target.closest("dialog")) return;
      event.preventDefault();
      ask(list.dataset.dropFiles, event.dataTransfer.files);
    });
  };
  // The page's content stands behind this script. Once it is ready, Wagtail takes what its menus
  // hold out of the page until they are opened; this event comes before that.
  document.addEventListener("readystatechange", start, { once: true });
})();
