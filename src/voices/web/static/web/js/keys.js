// One key, one gesture: pressing the key named in data-key clicks that element. « ? » shows the list of keys.
// A key stands for what a narrow page no longer draws, too. Keys are silent in fields and dialogs, with a modifier, or when the reader has turned them off (kept in the browser).

const OFF = "raccourcis-coupes";
const box = document.querySelector("[data-keys-switch]");

if (box) {
  box.checked = localStorage.getItem(OFF) === null;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "oui");
  });
}

function writing(element) {
  return element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

// A digit is its key, with or without Shift: French keyboards write « & » there.
function named(event) {
  return (/^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? event.key).toLowerCase();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
  if (writing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key !== "?" && localStorage.getItem(OFF) !== null) return;
  const found = [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key.toLowerCase() === named(event) && !element.disabled && !element.closest("[hidden], dialog"),
  );
  if (!found) return;
  event.preventDefault();
  found.click();
});
