// Ticking all pages of the list at once. Without this script, each is ticked by itself.
(function () {
  const all = document.querySelector("[data-tick-all]");
  if (!all) return;
  const boxes = Array.from(document.querySelectorAll("input[type=checkbox][name=page]"));
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    show();
  });
  boxes.forEach((box) => box.addEventListener("change", show));
  show();
})();
