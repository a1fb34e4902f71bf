// Words chosen in the text, by mouse, finger or keyboard, can be replaced at once: a bar shows them and sends the form.
// Without scripts, the same words are written in the form's field.

const text = document.querySelector("[data-names-text]");
const bar = document.querySelector("[data-name-bar]");
const form = document.querySelector("[data-name-form]");
const LONGEST = 300;

function chosen() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return "";
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return "";
  const said = selection.toString().replace(/\s+/g, " ").trim();
  return said.length > 0 && said.length <= LONGEST ? said : "";
}

function kindOf(said) {
  if (said.includes("@")) return "courriel";
  return said.replace(/\D/g, "").length >= 8 ? "telephone" : "personne";
}

// Where the words chosen start in the testimony: its offsets count characters, an emoji being one.
function placeOf() {
  const range = document.getSelection().getRangeAt(0);
  const start = range.startContainer;
  const said = (start.nodeType === Node.TEXT_NODE ? start.parentElement : start).closest("[data-start]");
  if (!said) return "";
  const before = document.createRange();
  before.selectNodeContents(said);
  before.setEnd(range.startContainer, range.startOffset);
  const edge = /^\s*/.exec(range.toString())[0];
  return String(Number(said.dataset.start) + [...(before.toString() + edge)].length);
}

function show() {
  const said = chosen();
  bar.hidden = said === "";
  bar.querySelector("[data-name-said]").textContent = said;
}

if (text && form) {
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, chosen() ? 150 : 400);
  });
  // The words stay chosen while the button is pressed.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  for (const button of bar.querySelectorAll("[data-name-replace]")) {
    button.addEventListener("click", () => {
      const said = chosen();
      if (!said) return;
      const how = button.dataset.nameReplace;
      form.elements.nom.value = said;
      form.elements.sorte.value = how === "detail" ? "detail" : kindOf(said);
      form.elements.ici.value = how === "partout" ? "" : placeOf();
      form.requestSubmit();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || bar.hidden) return;
    document.getSelection().removeAllRanges();
    bar.hidden = true;
  });
}

// The word that was clicked: told beside, without the page moving.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "mot") return;
  const mark = event.detail.requestConfig.elt;
  for (const one of document.querySelectorAll("a.replaced[aria-current]")) one.removeAttribute("aria-current");
  if (mark.matches("a.replaced")) mark.setAttribute("aria-current", "true");
  document.getElementById("mot").focus({ preventScroll: true });
});
